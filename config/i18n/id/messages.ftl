# Pesan Jemput Bola dalam bahasa Indonesia. Nama pesan: <daftar>-<kode dengan tanda hubung>.
# Angka, tanggal dan jam datang sebagai teks yang sudah jadi.

## Aturan isian (errors[].code): apa yang terjadi, lalu apa yang perlu dilakukan

rule-required = Isian ini wajib diisi.
rule-unknown-field = Isian atau kolom ini tidak dikenal. Periksa ejaannya atau hapus.
rule-duplicate-field = Kolom ini ada dua kali. Sisakan satu.
rule-wrong-type = Jenis nilainya belum sesuai. Yang diharapkan: { $expected }
json-type-object = objek JSON
json-type-list = daftar
json-type-text = teks
json-type-integer = bilangan bulat
json-type-number = angka
json-type-boolean = true atau false
rule-too-long = Terlalu panjang. Ringkas menjadi paling banyak { $max } karakter.
rule-too-many = Terlalu banyak. Kurangi menjadi paling banyak { $max }.
rule-out-of-range = Di luar batas. Isi antara { $min } dan { $max }.
rule-format = Bentuknya belum sesuai. Tulis seperti contoh ini: { $example }
rule-unknown-code = Pilihan ini tidak dikenal. Pilih salah satu: { $allowed }
rule-not-found = Tidak ditemukan di kantor ini. Periksa kodenya atau tambahkan dahulu.
rule-unknown-region = Kode wilayah ini tidak ada di daftar wilayah Indonesia. Contoh: 33.03
rule-taken = Sudah dipakai yang lain. Pilih nilai yang berbeda.
rule-not-dead = Surat ini tidak dalam keadaan gagal, atau isinya tidak disimpan. Hanya surat yang gagal dapat dikirim ulang.
rule-repeated = Ada lebih dari satu kali dalam daftar. Sisakan satu.
rule-control-character = Memuat ganti baris atau karakter yang tidak tampak. Ketik ulang tanpa karakter itu.
rule-nik-like = Memuat 16 angka yang menyerupai NIK. Data pribadi warga tidak boleh disimpan di sini; hapus angka itu.
rule-not-utf8 = Berkas ini bukan teks UTF-8. Simpan ulang sebagai "CSV UTF-8", atau unggah berkas XLSX.
rule-days-not-taken = Langkah ini tidak mengubah tanggal. Ubah tanggalnya lewat formulir kegiatan, atau usulkan ulang kegiatan yang ditunda.
rule-not-of-this-office = Hanya pengguna yang wewenangnya kantor ini saja dapat menjadi petugas di sini; pengguna provinsi atau pusat bisa terpakai dua kantor sekaligus.
rule-ends-before-start = Selesai sebelum mulai. Perbaiki salah satunya.
rule-outside-office = Di luar wilayah kantor ini. Pilih kecamatan atau desa/kelurahan di dalamnya.
rule-future = Waktunya belum tiba. Isi dengan hari ini atau sebelumnya.
rule-not-past = Hanya untuk kegiatan yang harinya sudah lewat. Pilih hari yang sudah lewat atau status lain.
rule-not-begun = Kegiatan ini baru dimulai pada { $date }. Tunggu harinya tiba; kalau tidak jadi, batalkan atau tunda.
rule-reason-required = Alasan wajib ditulis. Tulis singkat saja; alasan disimpan di jejak audit.
rule-figure = Angka ini tidak terbaca. Tulis misalnya 40, 29.890, ±500, 6000-7000 atau 3,83%. Titik atau koma dalam jumlah hanya memisahkan tiga angka.
rule-officer-absent = { $officer } tidak bertugas pada { $date }. Pilih petugas lain atau ubah harinya.
rule-period-locked = Periode yang memuat { $date } sudah dikunci. Minta koordinator atau kepala membukanya kembali.
rule-password-too-short = Kata sandi terlalu pendek. Pakai sedikitnya { $min } karakter.
rule-wrong-password = Kata sandi saat ini tidak cocok. Ketik ulang.
rule-wrong-set-up-code = Kode ini bukan kode yang ditampilkan layanan. Salin kode terakhir dari layar server.
rule-differs-from-stored = Hasil ini berbeda dari yang tersimpan. Kalau ini koreksi, ulangi dengan menyebut alasannya.
rule-foreign-cursor = Penanda halaman ini berasal dari daftar lain. Mulai lagi dari halaman pertama.
rule-fixed = Ini tidak dapat diubah di sini. Biarkan seperti semula.
rule-not-reported = Kegiatan ini belum ada hasilnya. Isi hasilnya atau nyatakan nihil.
rule-no-email = Orang ini belum punya alamat e-mail. Isi alamatnya di halaman Pengguna, lalu ulangi.
rule-reads-no-digests = Petugas lapangan tidak menerima ringkasan. Pilih kepala, koordinator, pemantau atau admin.
rule-day-has-results = { $date } sudah ada hasilnya. Pertahankan hari itu dalam kegiatan.
rule-team-has-results = Tim { $team } sudah mencatat hasil di kegiatan ini. Pertahankan timnya, atau batalkan dahulu catatannya.
rule-state-takes-no-results = Kegiatan berstatus { $state } tidak menerima hasil. Ubah dahulu status kegiatannya.
rule-outside-days = { $date } bukan hari kegiatan ini. Pilih salah satu harinya atau tambahkan hari itu ke kegiatan.
rule-beyond-own-rights = Lebih luas daripada hak Anda. Pilih peran atau wilayah yang tidak melebihi hak Anda.
rule-column-count = Baris ini memuat { $found } isian, sedangkan judul kolom ada { $expected }. Periksa pemisah dan tanda kutipnya.
rule-more-errors = Masih ada { $count } kesalahan lagi yang tidak ditampilkan.

## Masalah HTTP: judul dan penjelasan

problem-bad-request = Permintaan tidak terbaca
problem-bad-request-detail = Isi atau alamat permintaan tidak dapat dibaca. Perbaiki, lalu kirim lagi.
problem-unauthorized = Belum masuk
problem-unauthorized-detail = Masuk dahulu, atau sertakan token yang masih berlaku.
problem-forbidden = Tidak diizinkan
problem-forbidden-detail = Peran Anda tidak mencakup tindakan ini. Hubungi admin kalau tindakan ini memang tugas Anda.
problem-not-found = Tidak ditemukan
problem-not-found-detail = Tidak ada di sini, atau di luar wilayah Anda. Periksa alamat atau kodenya.
problem-method-not-allowed = Cara ini tidak didukung
problem-method-not-allowed-detail = Alamat ini tidak menerima metode HTTP tersebut. Metode yang diterima ada di dokumentasi API.
problem-conflict = Bentrok
problem-conflict-detail = Ada yang sudah dipakai kegiatan lain, atau status sekarang tidak mengizinkannya. Tidak ada yang disimpan; ubah pilihan Anda, lalu coba lagi.
problem-clash = Sudah dipesan
problem-clash-detail = Ada yang sudah dipesan pada hari dan waktu yang sama. Tidak ada yang disimpan; pilih hari, waktu atau tim lain.
problem-wrong-state = Tidak dapat dilakukan pada status ini
problem-wrong-state-detail = Statusnya { $from }, jadi langkah ini tidak dapat dilakukan: { $step }. Muat ulang, lalu pilih langkah lain.
problem-in-use = Masih dipakai
problem-in-use-detail = Masih ada yang membutuhkannya, atau sudah ada riwayatnya. Tidak ada yang dihapus; batalkan atau arsipkan saja.
problem-period-locked = Periode terkunci
problem-period-locked-detail = Angkanya sudah dilaporkan. Minta koordinator atau kepala membuka kembali periode ini.
problem-stale-version = Sudah diubah orang lain
problem-stale-version-detail = Data ini berubah sejak Anda membukanya. Muat ulang, lalu ulangi perubahan Anda.
problem-if-match-missing = Versi belum disebut
problem-if-match-missing-detail = Sertakan header If-Match dengan ETag dari bacaan terakhir, supaya perubahan orang lain tidak tertimpa.
problem-too-large = Terlalu besar
problem-too-large-detail = Kiriman melebihi batas. Bagi menjadi beberapa bagian, lalu kirim satu per satu.
problem-wrong-media-type = Jenis isi tidak didukung
problem-wrong-media-type-detail = Sebutkan Content-Type yang sesuai; jenis yang diterima ada di dokumentasi API.
problem-invalid = Ada isian yang perlu diperbaiki
problem-invalid-detail = Tidak ada yang disimpan. Perbaiki isian yang disebut, lalu kirim lagi.
problem-too-many-requests = Terlalu banyak permintaan
problem-too-many-requests-detail = Tunggu sebentar, lalu coba lagi.
problem-unavailable = Penyimpanan sedang tidak dapat dipakai
problem-unavailable-detail = Kalau ada yang baru Anda kirim, itu belum disimpan. Coba lagi sebentar lagi; kalau berlanjut, hubungi admin.
problem-internal = Maaf, ada kesalahan di pihak kami
problem-internal-detail = Kesalahan ini sudah dicatat. Coba lagi; kalau berlanjut, sebutkan kode permintaan kepada admin.

## Peringatan kegiatan: memberi tahu, tidak menghalangi

warning-holiday = { $date } hari libur: { $name }. Pastikan lokasi buka dan petugas bersedia.
warning-joint-leave = { $date } cuti bersama: { $name }. Pastikan lokasi buka dan petugas bersedia.
warning-venue-closed = { $venue } tutup pada { $date } menurut jam bukanya. Pastikan kepada narahubung.
warning-friday-prayer = { $date } hari Jumat: pukul 11.30–13.00 waktu salat Jumat. Siapkan jeda.
warning-over-capacity = Diperkirakan { $expected } orang, kapasitas tim { $capacity } orang. Tambah tim, hari atau operator.
warning-officer-absent = { $officer } tidak bertugas pada { $date }. Cari pengganti.
warning-booked = { $officer } sudah dijadwalkan pada { $date }: { $event }. Cari pengganti.
warning-entered-late = Kegiatan ini baru dicatat setelah harinya lewat.
warning-negative-count = Ada hitungan di bawah nol pada { $date }; ditampilkan 0 sampai catatan lainnya tiba.
warning-day-above-capacity = Hasil { $counted } pada { $date } di atas kapasitas tim ({ $capacity }). Periksa kembali angkanya.

## Bentrok pemesanan

clash = { $subject } sudah dipakai { $event } pada { $date }, { $slot }.

subject-kind-team = tim
subject-kind-officer = petugas
subject-kind-unit = kendaraan atau alat
subject-kind-venue = lokasi

slot-dawn = pagi sekali
slot-morning = pagi
slot-afternoon = siang
slot-evening = malam
slot-dawn-hours = sampai 09.00
slot-morning-hours = 09.00–12.00
slot-afternoon-hours = 12.00–17.00
slot-evening-hours = mulai 17.00

## Kegiatan

event-kind-outreach = jemput bola
event-kind-counter = loket
event-kind-briefing = sosialisasi/bimtek

event-state-draft = draf
event-state-proposed = diusulkan
event-state-confirmed = dikonfirmasi
event-state-ongoing = berlangsung
event-state-done = selesai
event-state-not-held = tidak terlaksana
event-state-cancelled = dibatalkan
event-state-postponed = ditunda
event-state-waiting = menunggu
event-state-accepted = diterima
event-state-dismissed = diabaikan
event-state-reopened = dibuka kembali

event-step-propose = usulkan
event-step-confirm = konfirmasi
event-step-start = mulai
event-step-finish = selesaikan
event-step-cancel = batalkan
event-step-postpone = tunda
event-step-not-held = nyatakan tidak terlaksana
event-step-reopen = buka kembali
event-step-nihil = laporkan nihil
event-step-verify = verifikasi
event-step-dismiss = abaikan

reporting-unreported = belum dilaporkan
reporting-reported = dilaporkan
reporting-verified = diverifikasi

## Jenis lokasi

venue-kind-school = sekolah
venue-kind-campus = kampus
venue-kind-pesantren = pesantren
venue-kind-market = pasar
venue-kind-company = perusahaan
venue-kind-government-office = kantor instansi
venue-kind-village-hall = balai desa/kelurahan
venue-kind-neighbourhood = RW/RT
venue-kind-mall = mal
venue-kind-crowd-event = keramaian
venue-kind-hospital = rumah sakit
venue-kind-health-centre = puskesmas
venue-kind-worship = rumah ibadah
venue-kind-public-service-mall = MPP
venue-kind-subdistrict-office = kantor kecamatan
venue-kind-bank = bank
venue-kind-community = ormas
venue-kind-institution = lapas/panti
venue-kind-home-visit = kunjungan rumah
venue-kind-other = lainnya

## Hasil layanan

outcome-activated = aktivasi (dalam daerah)
outcome-activated-out-of-area = aktivasi luar daerah
outcome-reactivated = aktivasi ulang
outcome-ktp-recorded = perekaman KTP-el
outcome-ktp-printed = cetak KTP-el
outcome-kk-renewed = KK barcode
outcome-no-smartphone = tidak punya HP Android/iPhone
outcome-device-unsupported = HP tidak mendukung
outcome-refused-no-need = belum merasa perlu
outcome-refused-trust = khawatir keamanan data
outcome-underage = belum 17 tahun
outcome-not-recorded = belum perekaman KTP-el
outcome-face-sync = data wajah belum sinkron
outcome-already-active = sudah aktif
outcome-no-email = e-mail tidak aktif
outcome-no-quota-signal = tidak ada kuota/sinyal
outcome-left-queue = meninggalkan antrean
outcome-face-mismatch = verifikasi wajah gagal
outcome-siak-down = SIAK gangguan
outcome-network-down = jaringan gangguan
outcome-power-down = listrik padam
outcome-data-issue = data bermasalah
outcome-other = lainnya

## Peran

role-admin = admin
role-coordinator = koordinator
role-officer = petugas
role-head = kepala
role-viewer = pemantau

## Target dan angka

denominator-residents = jumlah penduduk
denominator-obliged = wajib KTP
denominator-recorded = perekaman KTP-el
denominator-holders = pemilik KTP-el

channel-all = semua
channel-outreach = jemput bola
channel-counter = loket
channel-other = lainnya

purpose-year = tahun
purpose-campaign = kampanye

pace-per-calendar-day = per hari kalender
pace-per-weekday = per hari Senin–Jumat
pace-per-working-day = per hari kerja (tanpa libur dan cuti bersama)

figure-kind-exact = pasti
figure-kind-approximate = perkiraan
figure-kind-range = rentang
figure-kind-share = persen saja

## Kalender

holiday-kind-public-holiday = hari libur
holiday-kind-joint-leave = cuti bersama

weekday-mon = Senin
weekday-tue = Selasa
weekday-wed = Rabu
weekday-thu = Kamis
weekday-fri = Jumat
weekday-sat = Sabtu
weekday-sun = Minggu

pasaran-legi = Legi
pasaran-pahing = Pahing
pasaran-pon = Pon
pasaran-wage = Wage
pasaran-kliwon = Kliwon

## Wilayah dan bahasa

region-level-province = provinsi
region-level-regency = kabupaten/kota
region-level-district = kecamatan
region-level-village = desa/kelurahan

language-id = Bahasa Indonesia
language-en = English

## Peringkat lokasi

rank-title = Peringkat lokasi: { $service }, { $from } sampai { $to }, { $per }
rank-rank = no.
rank-code = kode
rank-name = lokasi
rank-kind = jenis
rank-days = hari kegiatan
rank-count = jumlah
rank-yield = hasil
rank-last-visit = kunjungan terakhir
rank-excluded = Tidak ikut diperingkat:
rank-reason = alasan
rank-venues = lokasi

per-day = per hari kegiatan
per-team-day = per hari tim
per-officer-hour = per jam petugas

exclusion-reason-counter = loket
exclusion-reason-briefing = sosialisasi/bimtek
exclusion-reason-approximate = angka perkiraan, belum dirinci
exclusion-reason-range = angka rentang
exclusion-reason-unreported = belum dilaporkan
exclusion-reason-not-held = tidak terlaksana
exclusion-reason-archived = lokasi diarsipkan
exclusion-reason-no-venue = tanpa lokasi

## Berkas

import-running = Membaca dan memeriksa berkas …
import-saving = Menyimpan berkas: { $saved } dari { $rows } baris …
export-running = Menulis berkas …
import-done = { $rows } baris: { $added } baru, { $changed } berubah, { $unchanged } tetap.
import-unchanged = { $rows } baris: semuanya sudah tersimpan, tidak ada yang berubah.
import-dry-run = Percobaan, tidak ada yang disimpan. { $rows } baris: { $added } baru, { $changed } berubah, { $unchanged } tetap.
file-error = baris { $line }, kolom { $column }: { $message }
file-error-row = baris { $line }: { $message }
file-warning-implausible = jumlahnya di atas kapasitas tim. Tetap disimpan; periksa kembali.

## Cadangan

backup-done = Cadangan tersimpan: { $file }
backup-postgres = Cadangan PostgreSQL dibuat dengan pg_dump dan dipulihkan dengan pg_restore; lihat docs/OPERATIONS.md.
restore-done = Basis data dipulihkan dari { $file }.
restore-kept = Basis data sebelumnya disimpan sebagai { $file }.
restore-held = Basis data sedang dipakai server atau perintah lain. Hentikan dahulu, lalu ulangi.
restore-no-database = { $file } bukan cadangan yang utuh dari program ini.

## Baris perintah

cli-set-up = Belum ada pengguna. Buka { $address }/siapkan di peramban dan masukkan kode ini: { $code }

## Peragaan (perintah demo)

demo-loading = Memuat lima kabupaten dan kota …
demo-loaded = Termuat dalam { $seconds } detik. Kejadian sintetis berlabel "Data sintetis"; kata sandi diketahui umum.
demo-kept = Basis data disimpan di { $folder }
demo-stopped = Dihentikan sebelum selesai memuat.
demo-not-empty = Basis data ini sudah berisi kantor dan tidak ditimpa. Pakai --keep untuk membukanya apa adanya, atau --data untuk folder lain.
demo-loopback = Peragaan hanya dilayani di komputer ini sendiri: { $address } bukan alamat loopback. Pakai misalnya --bind 127.0.0.1:8080.
demo-two-places = --data dan --database sama-sama menyebut tempat basis data. Pakai salah satu.
rank-estimate = taksiran
rank-interval = selang 90 %
rank-places = bisa
backtest-title = Uji mundur perkiraan: { $service }, { $months } bulan, { $first } sampai bulan { $last }
backtest-nothing = Belum cukup hasil untuk menguji perkiraan: perlu sedikitnya 10 kunjungan sebelum awal suatu bulan, dan kunjungan sesudahnya.
backtest-explained = Setiap awal bulan semua hasil sesudahnya disembunyikan, lalu kunjungan pertama ke tiap lokasi dalam bulan itu ditaksir. Selisih dalam aktivasi; bias = taksiran dikurangi hasil.
backtest-venues = lokasi
backtest-visits = kunjungan
backtest-mean = rata-rata hasil
backtest-method = cara
backtest-absolute = selisih mutlak
backtest-square = akar kuadrat
backtest-bias = bias
backtest-inside = dalam selang 90 %
backtest-all = semua
backtest-visited = pernah dikunjungi
backtest-never-visited = belum pernah dikunjungi
backtest-forecast = taksiran
backtest-last-three = rata-rata tiga terakhir

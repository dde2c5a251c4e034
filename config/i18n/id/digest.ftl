# Ringkasan untuk kepala dinas: surat.
digest-kicker-daily = Ringkasan harian · { $date }
digest-kicker-weekly = Ringkasan mingguan { $days } · { $date }
digest-kicker-monthly = Ringkasan bulanan { $days } · { $date }
digest-subject-gap = kurang { $gap } aktivasi
digest-subject-over = kurang { $gap } aktivasi dari target sampai { $last }
digest-subject-reached = target tercapai
digest-subject-achieved = capaian { $achieved }
digest-subject-no-target = target belum dicatat
digest-subject-silent = nihil { $days }
digest-subject-unreported = hasil { $place } { $day } belum dilaporkan
digest-subject-unreported-many = { $n } kegiatan belum dilaporkan
digest-subject-not-held = { $place } { $day } tidak terlaksana
digest-subject-not-held-many = { $n } kegiatan tidak terlaksana
digest-subject-late = hasil { $place } { $day } terlambat masuk
digest-subject-late-many = { $n } laporan terlambat
digest-headline = Kurang { $gap } aktivasi. Perlu { $needed } per hari kalender, laju terakhir { $pace }.
digest-headline-needed = Kurang { $gap } aktivasi. Perlu { $needed } per hari kalender.
digest-headline-gap = Kurang { $gap } aktivasi.
digest-headline-over = Kurang { $gap } aktivasi dari target sampai { $last }.
digest-headline-reached = Target sudah tercapai.
digest-headline-no-target = Sudah { $achieved }. Target belum dicatat.
digest-headline-nothing = Target dan angka resmi belum dicatat.
digest-headline-no-gap = Capaian { $achieved }. Kekurangan tidak dapat dihitung: { $why }.
digest-headline-no-figure = Capaian tidak dapat dihitung: { $why }.
digest-alert = Perlu tindakan
digest-calm = Tidak ada yang tertunda: semua kegiatan yang sudah lewat sudah dilaporkan.
digest-others = dan { $n } lainnya
digest-not-held = Tidak terlaksana
digest-not-held-row = { $place }, { $days }.
digest-not-held-row-reason = { $place }, { $days }. Alasan: { $reason }.
digest-unreported = Belum dilaporkan
digest-unreported-row = { $place }, { $days }. Kegiatan terlaksana, hasil belum masuk.
digest-unheard-row = { $place }, { $days }. Belum ada kabar terlaksana atau tidak.
digest-late = Terlambat dilaporkan
digest-late-row = { $place }, { $days }. Hasil masuk { $number } hari kemudian.
digest-behind = Di bawah laju
digest-behind-row = { $pace } per hari, perlu { $needed } per hari kalender.
digest-implausible = Angka tidak wajar
digest-implausible-row = { $place }, { $days }. { $number } catatan menunggu keputusan.
digest-waiting = Perlu keputusan
digest-waiting-row = { $n } catatan lapangan lain belum dihitung.
digest-ask-team = Minta { $team } melapor
digest-enter-result = Isi hasilnya
digest-open-event = Lihat kegiatan
digest-decide = Putuskan catatan
digest-position = Posisi per { $date }
digest-achieved = Sudah aktivasi
digest-achieved-official = angka resmi per { $date }
digest-achieved-field = hitungan lapangan sampai { $date }
digest-achieved-since = angka resmi per { $date }, dikurangi angka per { $baseline }
digest-achieved-whole = angka resmi per { $date }, dihitung seluruhnya karena tidak ada angka resmi sebelum { $baseline }
digest-achieved-none = belum ada angka resmi
digest-gap = Sisa target
digest-gap-of = dari target { $target }
digest-of-denominator = Capaian dari penyebut
digest-share-of = dari { $denominator } { $kind }
digest-of-target = Persen dari target
digest-target-share = target { $share } dari { $kind }
digest-target-until = sampai { $date }
digest-target-is-number = target berupa jumlah, tanpa penyebut
digest-not-computable = tidak dapat dihitung
digest-field-sum = Hitungan lapangan sejak { $since }: { $field } aktivasi dalam daerah.
digest-gap-points = Kurang { $points } poin persen.
digest-add-target = Catat target
digest-pace = Laju
digest-need-calendar = Perlu per hari kalender
digest-need-weekday = Perlu per hari Senin–Jumat
digest-need-working = Perlu per hari kerja (tanpa libur dan cuti bersama)
digest-own-day = Laju { $date }, 1 hari data
digest-own-days = Laju { $days }, { $n } hari data
digest-per-calendar = hari kalender
digest-per-weekday = hari Senin–Jumat
digest-per-working = hari kerja
digest-projected = Bila tetap { $pace } per { $per }: { $end } pada { $last }, target tercapai { $reached }.
digest-projected-interval = Bila tetap { $pace } per { $per }: { $end } pada { $last } (selang 80{ "\u00a0" }% { $interval }), target tercapai { $reached }.
digest-projected-end = Bila tetap { $pace } per { $per }: { $end } pada { $last }.
digest-projected-end-interval = Bila tetap { $pace } per { $per }: { $end } pada { $last } (selang 80{ "\u00a0" }% { $interval }).
digest-one-day = 1 hari data, tanpa selang.
digest-told-day = Angka seluruh dinas pada { $date }: { $count } (1 hari data, tanpa selang).
digest-projected-standstill = Bila tetap tanpa hasil: { $end } pada { $last }, target tidak tercapai.
digest-no-need = Kebutuhan per hari tidak dapat dihitung: { $why }.
digest-see-pace = Lihat perhitungannya
digest-chart-target = Target { $target }
digest-chart-achieved = { $day }: { $achieved }
digest-chart-end = { $pace } per hari: { $projected }
digest-chart-needed = perlu { $needed } per hari
digest-chart-alt = Grafik laju: { $achieved } pada { $day }; pada { $pace } per hari menjadi { $projected } pada { $end }; target { $target }.
digest-chart-alt-plain = Grafik: { $achieved } pada { $day }; target { $target } pada { $end }.
digest-field = Lapangan { $days }
digest-activity = { $activated-count ->
   *[other] { $activated } aktivasi
} pada { $days-count ->
   *[other] { $days } hari kegiatan
}; { $reached-count ->
   *[other] { $reached } orang terjangkau
}.
digest-activity-daily = { $activated-count ->
   *[other] { $activated } aktivasi
} pada { $days-count ->
   *[other] { $days } hari kegiatan
}; { $reached-count ->
   *[other] { $reached } orang terjangkau
}.
digest-activity-weekly = { $activated-count ->
   *[other] { $activated } aktivasi
} pada { $days-count ->
   *[other] { $days } hari kegiatan
}; { $reached-count ->
   *[other] { $reached } orang terjangkau
}. Tujuh hari sebelumnya: { $before } aktivasi.
digest-activity-monthly = { $activated-count ->
   *[other] { $activated } aktivasi
} pada { $days-count ->
   *[other] { $days } hari kegiatan
}; { $reached-count ->
   *[other] { $reached } orang terjangkau
}. Hari yang sama bulan lalu: { $before } aktivasi.
digest-activity-none = Belum ada hasil kegiatan lapangan pada hari-hari ini.
digest-ahead-events = kegiatan
digest-silent = Nihil: tidak ada kegiatan terlaksana dan tidak ada hasil pada { $days }.
digest-silent-since = Nihil: tidak ada kegiatan terlaksana dan tidak ada hasil pada { $days }. Hasil terakhir dari { $last }.
digest-best = Terbaik setahun terakhir
digest-best-row = { $name }: rata-rata { $mean } per hari kegiatan (n = { $n })
digest-fading = Menurun
digest-fading-row = { $name }: { $before } menjadi { $now } per hari kegiatan
digest-obstacles = Kendala
digest-obstacle-row = { $name }: { $n }
digest-ahead = Pekan depan, { $days }
digest-ahead-none = Belum ada { $events }.
digest-ahead-sum = { $events-count ->
   *[other] { $events } kegiatan
}, { $teams-count ->
   *[other] { $teams } tim
}, dapat melayani { $capacity-count ->
   *[other] { $capacity } orang
}.
digest-ahead-unconfirmed = { $n } belum dikonfirmasi.
digest-booked-row = { $day }: { $place }, { $teams }
digest-booked-row-open = { $day }: { $place }, { $teams } ({ $state })
digest-booked-row-no-team = { $day }: { $place }
digest-booked-row-no-team-open = { $day }: { $place } ({ $state })
digest-see-board = Buka papan jadwal
digest-source = Sumber angka resmi: { $source }.
digest-compiled-later = Ditulis pada { $date }: hasil yang masuk setelah { $on } ikut dihitung. Target dan angka resmi tetap seperti yang diketahui hari itu.
digest-no-target-yet = belum ada target
digest-zone = Tanggal dan jam dalam { $zone }.
digest-next = Surat berikutnya { $next }.
digest-reader = Dikirim kepada { $reader }. { $settings }
digest-settings = Atur ringkasan
digest-stop = Berhenti menerima ringkasan
digest-missing-no-denominator = belum ada angka penyebut
digest-missing-no-figure = belum ada angka resmi dan belum ada hitungan lapangan
digest-missing-no-channel-figure = angka resmi tidak dirinci per kanal
digest-missing-share-only = hanya persen yang diketahui, jumlah orangnya tidak
digest-missing-no-earlier-figure = belum ada angka sebelumnya
digest-missing-no-day = belum ada hari yang diketahui angkanya
digest-missing-one-day = baru 1 hari data
digest-missing-window-over = masa target sudah lewat
digest-missing-no-days-left = tidak ada hari seperti itu yang tersisa
digest-missing-reached = target sudah tercapai
digest-missing-standstill = lajunya nol
digest-missing-too-far = terlalu jauh di depan
digest-cli-others = Ditulis juga untuk { $names }; pilih satu dengan --to.
digest-cli-no-email = Penerima belum punya alamat e-mail, jadi suratnya tidak dapat dibentuk. Pakai --format text atau html.
digest-cli-without-email = Belum punya alamat e-mail: { $logins }
digest-cli-sent = { $queued } surat masuk antrean, { $known } sudah pernah dikirim. Penerima: { $logins }
digest-cli-no-reader = Tidak ada kepala dinas yang dapat menerima ringkasan { $date }. Pilih penerima dengan --to.

# Ringkasan wilayah: provinsi atau nasional.
digest-region-nation = Indonesia
digest-region-subject = { $region }: { $point }
digest-region-subject-none = tidak ada target yang sedang berjalan
digest-region-headline = Kurang { $gap } aktivasi di { $offices } kantor yang targetnya sedang berjalan.
digest-region-headline-none = Tidak ada target yang sedang berjalan dan dapat dihitung.
digest-region-calm = Semua kantor sudah melapor.
digest-region-open = Lihat semua kantor
digest-region-unreported-row = { $office }: { $n-count ->
   *[other] { $n } kegiatan
}
digest-region-silent = Tanpa hasil pada hari-hari ini
digest-region-silent-row = { $office }, hasil terakhir { $last }
digest-region-never-row = { $office }, belum pernah ada hasil
digest-region-gap-of = di { $offices } kantor yang targetnya berjalan
digest-region-no-target = tidak ada target yang sedang berjalan
digest-region-activated = Aktivasi lapangan
digest-region-offices = Kantor
digest-region-events = { $n ->
   *[other] kegiatan
}
digest-region-list = Tiap kantor, capaian terendah dulu
digest-region-no-office = Belum ada kantor di wilayah ini.
digest-region-row = { $office }: { $share } dari target, kurang { $gap }. { $n-count ->
   *[other] { $n } aktivasi lapangan.
}
digest-region-row-unreported = { $n-count ->
   *[other] { $n } kegiatan belum dilaporkan.
}
digest-region-row-reached = { $office }: target tercapai, { $share }. { $n-count ->
   *[other] { $n } aktivasi lapangan.
}
digest-region-row-over = { $office }: target sudah lewat dengan { $share }, kurang { $gap }. { $n-count ->
   *[other] { $n } aktivasi lapangan.
}
digest-region-row-unknown = { $office }: { $why }. { $n-count ->
   *[other] { $n } aktivasi lapangan.
}
digest-region-row-no-target = { $office }: belum ada target. { $n-count ->
   *[other] { $n } aktivasi lapangan.
}

# Pesan untuk yang memasang program: pengaturan dan basis data.

setting-file = Berkas pengaturan tidak dapat dibaca. Periksa letak dan bentuknya (TOML), lalu ulangi. { $told }
setting-unknown = { $key }: pengaturan ini tidak dikenal. Periksa ejaannya; semua kunci ada di config/default.toml.
setting-wrong-type = { $key }: nilainya tidak terbaca. Lihat contohnya di config/default.toml. { $told }
setting-plain-url = { $key }: alamat ini tidak dapat dipakai. Tulis http(s)://NAMA[:PORT] tanpa jalur.
setting-mail-url = { $key }: alamat ini tidak dapat dipakai. Tulis smtp://SERVER[:PORT], smtp://SERVER[:PORT]?tls=required, smtps://SERVER[:PORT] atau file:FOLDER; kosong berarti surat menunggu.
setting-password-in-clear = { $key }: kata sandi akan terkirim tanpa sandi melalui jaringan. Pakai smtps:// atau tambahkan ?tls=required.
setting-sender = { $key }: pengirim ini tidak terbaca. Tulis NAMA <ALAMAT>, misalnya Jemput Bola <jemputbola@dukcapil.example>.
setting-ca-file-unreadable = mail.ca_file: berkas { $path } tidak dapat dibaca. Periksa letak dan hak bacanya, atau kosongkan. { $told }
setting-ca-file-empty = mail.ca_file: tidak ada sertifikat PEM yang terbaca di { $path }. Isinya harus diawali -----BEGIN CERTIFICATE-----.
setting-tls = mail.url: TLS tidak dapat disiapkan. { $told }
setting-one-of = { $key }: pilihan ini tidak dikenal. Pilih salah satu: { $allowed }
setting-between = { $key }: di luar batas. Isi { $min } sampai { $max }.
setting-at-least = { $key }: terlalu kecil. Isi sedikitnya { $min }.
cli-store = Basis data atau berkasnya tidak dapat dipakai.
cli-not-found = Tidak ditemukan. Periksa kode atau namanya; kantor baru ditambahkan dengan: jemputbola office add KODE
cli-not-migrated = Basis data ini belum sesuai dengan program. Jalankan dahulu: jemputbola migrate
cli-address = Alamat basis data ini tidak dapat dipakai. Tulis sqlite://BERKAS atau postgres://…
disk-not-found = berkas atau foldernya tidak ada.
disk-exists = berkas ini sudah ada. Pilih nama lain.
disk-forbidden = tidak boleh dibuka atau ditulis oleh akun komputer ini.
disk-folder = ini folder, bukan berkas.
disk-no-folder = bagian dari jalurnya bukan folder.
disk-full = ruang simpan penuh.
disk-other = komputer menjawab: { $told }

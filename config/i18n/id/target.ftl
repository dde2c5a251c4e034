# Target, penyebut, angka resmi dan laju: aturan isian dan alasan suatu angka tidak ada.
rule-value-or-share = Isi jumlah atau persen, jangan keduanya.
rule-figure-of-other-kind = Jenis angka ini lain: persen hanya untuk jenis persen, jumlah hanya untuk kumulatif atau harian.
rule-share-only = Penyebut hanya untuk angka persen. Kosongkan, atau pilih jenis persen.
rule-overlaps = Sudah ada target lain untuk wilayah, kanal dan tujuan yang sama dari { $starts } sampai { $ends }. Ubah tanggalnya, atau ubah target itu.
rule-reading-required = Persen dari apa? Pilih salah satu bacaan, atau “tidak disebut”.
rule-impossible-reading = Bacaan ini tidak mungkin: penduduk yang dibutuhkan lebih banyak daripada yang ada.
rule-not-splittable = Angka ini tidak dapat dirinci ke kegiatan itu: pilih kegiatan pada tanggal, kanal dan jenis lokasi yang sama.

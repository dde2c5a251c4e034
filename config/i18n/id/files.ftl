## Berkas

rule-broken-workbook = Berkas ini bukan lembar kerja XLSX yang utuh. Simpan ulang sebagai .xlsx atau .csv, lalu impor lagi.
rule-workbook-too-large = Isi lembar kerja ini terlalu besar setelah dibuka. Bagi menjadi beberapa berkas, lalu impor satu per satu.
rule-failed-formula = Rumus di sel ini gagal ({ $shown }). Perbaiki rumusnya atau ketik nilainya.
rule-uncomputed-formula = Rumus di sel ini belum dihitung. Buka berkasnya di aplikasi lembar kerja, simpan, lalu impor lagi; atau ketik nilainya.
rule-long-number = Angka ini lebih panjang daripada yang disimpan lembar kerja, sehingga ujungnya hilang. Ubah format sel menjadi teks, lalu ketik ulang.
file-warning-booked = orang ini sudah dijadwalkan pada hari-hari itu. Tetap disimpan; atur penggantinya.

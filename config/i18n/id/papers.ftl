# Surat tugas, laporan kegiatan, lembar hitung.
paper-letter = Surat tugas
paper-report = Laporan kegiatan
paper-tally = Lembar hitung kosong

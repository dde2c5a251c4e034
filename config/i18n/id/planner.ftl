# Perencana: berkas, sertifikat dan kesalahannya.
plan-file-unreadable = { $file }: tidak dapat dibaca: { $told }
plan-file-packed = berkas gzip rusak atau terpotong ({ $told })
plan-invalid = { $plan }: rencana ini tidak sah:
plan-progress = putaran harga { $passes } · langkah { $moves } · rencana { $incumbent } · batas { $bound } · selisih { $gap } %
plan-solved = { $visits } kunjungan, perkiraan { $gain } aktivasi; { $left } lokasi tidak dikunjungi. Tidak ada rencana yang lebih baik dari ini lebih dari { $gap } %.

plan-fault-out-of-range = harus antara { $min } dan { $max }, tertulis { $found }.
plan-fault-no-such = hanya ada { $count } (dihitung dari 0), bukan { $found }.
plan-fault-length = berisi { $found }, harus { $wanted }.
plan-fault-calendar-digit = hanya boleh berisi angka 0, 1 dan 2.
plan-fault-no-crew = harus menyebut satu tim, atau dua tim yang berbeda.
plan-fault-same-team-twice = kunjungan bersama memerlukan dua tim yang berbeda.
plan-fault-not-ascending = harus urut naik tanpa pengulangan.
plan-fault-repeated = ada yang tertulis dua kali.
plan-fault-not-in-format = tidak ada dalam format { $format }.
plan-fault-closed = lokasi tutup pada hari { $day }.
plan-fault-team-off = tim { $team } libur pada hari { $day }.
plan-fault-out-of-reach = lokasi di luar jangkauan tim ini.
plan-fault-team-taken = tim { $team } sudah terpakai pada hari { $day }.
plan-fault-too-close = hari { $earlier } dan { $later } lebih dekat dari jarak { $gap } hari.
plan-fault-too-many-visits = { $found } kunjungan, paling banyak { $max }.
plan-fault-too-much-overtime = { $found } hari lembur, paling banyak { $max }.
plan-fault-fixed-lost = kegiatan yang sudah terpesan ini tidak ada dalam rencana.
plan-fault-claim = tertulis { $claimed }, seharusnya { $actual }.
plan-fault-bound-too-low = tertulis { $claimed }, sertifikat hanya membuktikan { $proven }.
plan-fault-price-out-of-range = ada harga yang negatif atau melebihi denda.

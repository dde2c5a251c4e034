# Usulan jadwal: halaman rencana dan apa yang dibukukan darinya.
plan-event-title = Jemput bola { $venue }
rule-supposed-team = Tim ini hanya pengandaian, jadi kunjungannya tidak dapat dibukukan.

brand = Jemput Bola

DROP TABLE region_digests;

"""What scripted people write into notes, by kind of note and field. Invented, and about nobody.

The sentences of the fields of one kind belong together by their places.
"""

from collections.abc import Mapping

SAID: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "observation": {
        "note": (
            "Melayani pemohon yang berkasnya belum lengkap dengan sabar dan memberi petunjuk tertulis.",
            "Bahan rapat selesai dua hari lebih awal, dan dua rekan dibantu menyiapkan paparan.",
            "Datang sebelum pelayanan keliling dibuka dan menata loket tanpa diminta.",
            "Memeriksa kembali data sebelum dikirim dan menemukan dua kekeliruan.",
            "Laporan terlambat satu hari; penyebabnya disampaikan sebelum batas waktu.",
        )
    },
    "feedback": {
        "note": (
            "Penyajian laporan sudah rapi. Cantumkan sumber data setiap tabel agar mudah diperiksa.",
            "Koordinasi dengan unit lain berjalan baik; pertahankan jadwal pertemuan dua mingguan.",
            "Realisasi di atas target. Bagikan cara kerjanya kepada rekan satu tim.",
            "Target kedua tertinggal. Susun jadwal mingguan dan sampaikan hambatan lebih awal.",
        )
    },
    "progress": {
        "note": (
            "Tahap pertama selesai dan sudah diperiksa pimpinan.",
            "Berjalan sesuai jadwal; bukti dukung disusun bersamaan.",
            "Sedikit tertinggal karena menunggu data dari unit lain.",
            "Target triwulan ini tercapai sebelum waktunya.",
        )
    },
    "complaint": {
        "matter": (
            "Antrean loket terlalu lama pada pagi hari",
            "Keterangan syarat di papan pengumuman tidak sesuai dengan yang diminta petugas",
            "Nomor antrean daring tidak terbaca di loket",
        ),
        "result": (
            "Loket kedua dibuka pada jam sibuk; waktu tunggu turun menjadi lima belas menit.",
            "Papan pengumuman diperbaiki pada hari yang sama dan pemohon dihubungi kembali.",
            "Alat pemindai diganti; pemohon dilayani tanpa mengantre ulang.",
        ),
    },
    "contact": {
        "note": (
            "Pertanyaan dijawab di tempat, dan ringkasan tertulis dikirim pada hari yang sama.",
            "Keluhan didengarkan sampai selesai; disepakati pertemuan lanjutan dua minggu kemudian.",
            "Penjelasan diulang dengan contoh sampai dipahami; tidak ada pertanyaan yang tersisa.",
            "Usul tentang jadwal diterima dan diterapkan mulai bulan berikutnya.",
        )
    },
    "project": {
        "project": (
            "Penataan saluran di tiga titik genangan",
            "Pelayanan satu pintu untuk surat keterangan",
            "Pendataan ulang aset unit kerja",
        ),
        "decree": ("800/114/SK/2026", "800/127/SK/2026", "800/141/SK/2026"),
        "outcome": (
            "Dua titik tidak lagi tergenang; titik ketiga selesai pada triwulan berikutnya.",
            "Surat keterangan selesai dalam satu hari kerja sejak berkas lengkap.",
            "Seluruh aset tercatat, dan selisih dengan buku inventaris dijelaskan.",
        ),
    },
}

TEAM_ACHIEVED = (
    "Rata-rata waktu tunggu turun dari 74 menjadi 41 menit tanpa antrean yang melewati jam layanan."
)
TEAM_REASON = "Dibaca dari catatan antrean harian dan dibicarakan bersama tim pada pemantauan terakhir."

"""Words of everyday Indonesian that are names of people as well. Alone they are not masked; in a full name they are."""

COMMON: frozenset[str] = frozenset(
    """
    abadi adil agung agustus alam aman amanah ampuh andal aneka angin anugerah april artis asli asri atas
    awal bagus bahagia bahari baik bakti bangun baru beli bening berani berkah berkat bersih besar bijak bina
    bintang buah budaya bukti bulan bunga cahaya cakap cantik cemerlang cepat cerah cerdas citra cukup damai
    dana darma dasar daya delima desa desember dewan dewasa dharma dokter dunia elok emas embun februari fajar
    fakta fitri gadis gagah gembira gemilang gigih guru hakim harapan hari harta harum hati hebat hijau hikmah
    hormat ibu ikhlas iman indah insan istimewa jadi jaga januari jaya jelas jujur juli juni kantor karunia
    karya kasih kaya kelola kembang kepala kesuma ketua kota kuasa kuat lancar lapang latif lembut
    lestari lima loket lurah luhur maju makmur mandiri manis mantap mapan mawar mega mekar melati menteri merah
    merdeka mitra muda mudah mukti mulia mulya murah murni nada negara nusa nusantara nyaman
    oktober pandai panji pelita pelopor perdana permai permata pertama pertiwi pintar pribadi prima puas
    pujangga pura purnama putih putra putri rahayu rahmat raja rajin ramah ramai rapi ratu restu
     rohani ruang rukun saat sabar sabtu sahabat sakti salam samudra santai sari satria sayang
    sederhana sehat sejahtera selamat semangat sembilan semerbak senang senin sentosa september seri setia setiap
    siap sigap sopan suci suka sukses sulung sumber surya swasta syukur taman tangguh tari tegas tekun teladan
    tenang tepat teratai terang tetap tiga timur tulus tunggal tutur ulung umum unggul untung usaha utama utara warga
    wibawa wisata yakin
    """.split()  # noqa: SIM905 # a list of words is read more easily than four hundred quoted ones
)

ADDRESSES: frozenset[str] = frozenset(
    """
    abang adik akang bang bapak bpk bu bung bunda dik dokter dr drg guru haji hajah hj ibu kak kakak mas mba mbak mbk
    mr mrs ms neng nona nyonya ny om pa pak pakde prof saudara saudari sdr sdri suster tante teh teteh tn tuan uni uda
    ustad ustadz ustazah zuster
    """.split()  # noqa: SIM905  # a list of words is read more easily than many quoted ones
)
"""Words before a name. What stands after one is masked even if the name is short."""

ABBREVIATIONS: frozenset[str] = frozenset(
    ("bpk", "dr", "drg", "hj", "mr", "mrs", "ms", "ny", "sdr", "sdri", "tn")
)
"""The full stop after one of these ends no sentence."""

ROLES: frozenset[str] = frozenset(
    """
    admin anggota bidan camat customer dan di dinas direktur dokter guru kabag kabid kadis kami kantor kasir kasubbag
    kepala ketua lurah loket operator pegawai pelayanan pengelola penyuluh perawat petugas pimpinan rumah satpam
    security sekretaris staf staff teller wakil walikota yang yg
    """.split()  # noqa: SIM905  # a list of words is read more easily than many quoted ones
)
"""What stands after such a word and is no name."""

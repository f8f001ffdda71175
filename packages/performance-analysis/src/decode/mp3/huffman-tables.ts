// Huffman codes of layer III, ISO/IEC 11172-3 table B.7: facts of the standard. Of each code, its codewords in ascending
// order of their bits: the length (base 36), and the values that it stands for (hexadecimal). The order fixes the
// codewords, as the codes are complete (a test checks that).

/** One code: a digit a codeword, and for pairs two, for quadruples one digit of values a codeword. */
export type CodeTable = { readonly lengths: string; readonly values: string };

const PAIRS_1: CodeTable = {
  lengths: "3321",
  values: "11011000",
};

const PAIRS_2: CodeTable = {
  lengths: "665553331",
  values: "220212212011011000",
};

const PAIRS_3: CodeTable = {
  lengths: "665553222",
  values: "220212212010110100",
};

const PAIRS_5: CodeTable = {
  lengths: "8876777766663331",
  values: "33233231130330221221022011011000",
};

const PAIRS_6: CodeTable = {
  lengths: "7766655554443233",
  values: "33032332301331220212212001111000",
};

const PAIRS_7: CodeTable = {
  lengths: "aaaa99998899899887778888777765664331",
  values: "554554533544255215510534504333244214414004233203133130221221022011011000",
};

const PAIRS_8: CodeTable = {
  lengths: "bba9aa999889999888788888888666442332",
  values: "555445533544255205155134435033244214410440233213310330220220122111011000",
};

const PAIRS_9: CodeTable = {
  lengths: "998899888877788777766665566554443333",
  values: "554535535405442552155134435004244233401441233213310330220212212011011000",
};

const PAIRS_10: CodeTable = {
  lengths: "bbbbbbaaaaaaabba99aa99aa9aa8899aa99aa888999999888888777766664331",
  values:
    "776776577566477456653773465554632772640770624535065344177136262552155134431661600550244233041441" +
    "40233203133130221221022011011000",
};

const PAIRS_11: CodeTable = {
  lengths: "aaaaaaabbaa999aaaa8899788888999987887788899888888776677654553332",
  values:
    "776776756647745755566537734645543553277264077117703663604425520515622606166151345043332442144104" +
    "40233213310330222112022011011000",
};

const PAIRS_12: CodeTable = {
  lengths: "aa99999998899888888998888899777888888777788777666677655544554333",
  values:
    "776776577566477465563773552772466417710770366345544406052662611660355325521551344350042442143341" +
    "23324003301331221221022000110110",
};

const PAIRS_13: CodeTable = {
  lengths:
    "jjihgggggggggghhffggffffffffffggfggeeffffeeeeeeeeeeeffedeeddeedeedeedeeddeecccddddddcddccddddddd" +
    "dddddccddccccddddcddcbccccccccbbbbccbbccbccccbbccbccbccbccaaabbbbbbbbaaaabbabbabbbbaabbaabbbbbb9" +
    "9aaaaabb999aa99aaaaaaaaaa8999999aa999889999998788887777766664431",
  values:
    "fefcfdedffefdfeecfdebffbcedcafe9ecddfacdbeeb9ff9eabddb8ff8ccae9e8e7f7ef7daadbccbf66fe85f9dd9f5e7" +
    "acbb4ff4cae6f33f8dd82ff26e9c0fc95eab7dd74ec8d63eb99baa1ff1f0bae5e48c6de3e22e0e1ee1e05dd57cc74d8b" +
    "b8d49aa96cc63dd37b2dd21db75cc5997ac3a7974bd10dd08aa84cc46bb63c2cc25bb5891cc1980cc0b46aa6793bb388" +
    "5a2ba569a47887947776b21bb10bb0964a3aa359952aa21aa10a68a08649933958856729925775388366477456657319" +
    "910990488472466428821837271771550770366345542662358108801661066053442552051551344350244233144104" +
    "40233213310330221221022011011000",
};

const PAIRS_15: CodeTable = {
  lengths:
    "ddddcddddddcddcccccccccccccccccccccccddbbccccbbbbbbccbbbbbbbbccbbbbbbbbbbbbbbbbbbbbbbbbbccbbbbbb" +
    "abbbbbbaabbaaaabbaaaaaaabbaaaaabb9aaaaaaaaaaaa9aaaa9aa9aaaaaaaa9999999aa999999aa9999998999999999" +
    "9888899999999888888998888888998788777788777776776677666555553443",
  values:
    "ffeffedfeefdcffcdeedbffbceecddaffabeebcddc9ff9eabddb8ff8cc9ee97ff7addabc6fae0fcbf68ee85f9df57ee7" +
    "accabbd98d4ff43ff3d8e62ff26ef01ff19cc95eabbae57dd74ee48cc83e6dd6e39bb92eaae21ee10ee05dd57cc74d8b" +
    "d4b89aa96cc63dd3d22d0d1d7bb7d15cd0c58aa84cc46bb6990c3cc37aa7a6c00bc22c5bb51c8998c14bb46a3b79b397" +
    "882b5ab2a51bb1b069964aa478873aa359952aa21aa10aa0688649943993770958852967769291199048845775388366" +
    "472882188174088056653773462772641755710770366345542662160660356153442552155105503443244233411404" +
    "23324003133130221221022011011000",
};

const PAIRS_16: CodeTable = {
  lengths:
    "bbbbbbbbabbbbaaaaa8aa9999aghhffggeffeeffeeffffeffed89988deeeeeeeeeeddeeeedeedddeeeeddeedeecddddd" +
    "dddddddddcddddddcddccddbcccccccddbccccbccccccccbccbbbbccccccccbccbccbccbccbaabbbbbbaabbaabbbbbbb" +
    "babbaaabbaabbaabba99aaaaaa999aa9aa998999999998899887788766664431",
  values:
    "effedffdcffcbffbaffa9ff9f88f7ff76ff6ff5ff54ff4f3f03fceecdddee9ead9eeedebbecddcdbaeccadda7eaccac9" +
    "7d5ebdf22f0f1ff19ebccb8ee89de7bb8dd86ee69cabbae5d74ee48cc83e6dd69bb9aae1d4b8a97bb7d0e30ee05dd57c" +
    "c74d8b9a6cc63d5cc50d8aa8994cb67a3c5b891cc09879e22e1ed32dd2d13b97881dc46bc3a72cc2b5c10c4bb46aa6b3" +
    "5aa52bb21bb10bb069964aa47887a33a592a9568a1867794495767a21a0aa03993588529927609199190488475388366" +
    "288247741881800856377365462772645507177170366345542662166106605335442552511505344350244233144104" +
    "40233213310330221221022011011000",
};

const PAIRS_24: CodeTable = {
  lengths:
    "888888887887788777777777777889bbbbbbbbbbbbbbbbbbbbbbbbbbbb4bbbbccbabbaaaabbaaaabbaaaaaaaaaaaaaaa" +
    "aaaaaaaaaaaaaaaaaaaaaaaabbaaaaaaaaaaaaabbabba9aaaabba99aa9aaaa99aa999999999999999999999999999999" +
    "999999aa999aa899888888888888899888888997887777788776677655664444",
  values:
    "effedffdcffcbffbfaaf9ff9f88f7ff76ff65ff54ff43ff32ff2f11ff00feedeedceecddbeebcddcaeeabddbcc9ee9ad" +
    "dabccb8ee89dd97ee7acffcabb8dd80ee00de66e9cc95ebae5ab7dd7e48cc84e2e3e6dd6e39bb9aae21ee15dd57cc74d" +
    "8bb8d49aa96cc63dd32dd21d7bb7d15cc58aa8994cc46bb6d00c3cc37aa72cc25bb51c8998c14bc00b3bb00a1ab46aa6" +
    "7997a00990b3882b5ab2a51bb16996a44a78873aa359952aa2a168867749943993588529677692199148845775388366" +
    "288218477481088056651707707337277246645571366345542662166106603553442552150550513443244233144104" +
    "40233213310330221221022011011000",
};

const QUADRUPLES_A: CodeTable = {
  lengths: "6666665555544441",
  values: "bfde75963ac21480",
};

const QUADRUPLES_B: CodeTable = {
  lengths: "4444444444444444",
  values: "fedcba9876543210",
};

/** Codes of pairs by table number up to 15; of 4 and 14 there are none. From 16 and from 24 on all share one. */
export const PAIR_TABLES: ReadonlyMap<number, CodeTable> = new Map([
  [1, PAIRS_1],
  [2, PAIRS_2],
  [3, PAIRS_3],
  [5, PAIRS_5],
  [6, PAIRS_6],
  [7, PAIRS_7],
  [8, PAIRS_8],
  [9, PAIRS_9],
  [10, PAIRS_10],
  [11, PAIRS_11],
  [12, PAIRS_12],
  [13, PAIRS_13],
  [15, PAIRS_15],
  [16, PAIRS_16],
  [24, PAIRS_24],
]);

/** Codes of the quadruples of values up to 1, by count1table_select. */
export const QUADRUPLE_TABLES: readonly CodeTable[] = [QUADRUPLES_A, QUADRUPLES_B];

/** Bits that follow the value 15 of a pair, by table number (column "linbits"). */
export const LINBITS: readonly number[] = [
  0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 2, 3, 4, 6, 8, 10, 13, 4, 5, 6, 7, 8, 9, 11, 13,
];

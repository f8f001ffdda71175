/** What of a text tells which piece it is about, by kind. */
export interface PieceWords {
  readonly composers: readonly string[];
  /** Forms such as "minuet", and names of pieces that need no other. */
  readonly forms: readonly string[];
  /** Catalogue numbers such as "op9" and "d960". */
  readonly numbers: readonly string[];
}

/** Surnames of those whose music is played most, as `wordsOf` gives them. */
const COMPOSERS = new Set(
  (
    "albeniz bach bartok beethoven brahms burgmuller burgmueller chopin clementi couperin czerny debussy diabelli dvorak " +
    "einaudi faure franck gershwin grieg handel haydn joplin kabalevsky kuhlau liszt mendelssohn mozart mussorgsky " +
    "pachelbel petzold poulenc prokofiev purcell rachmaninoff rameau ravel satie scarlatti schubert schumann scriabin " +
    "shostakovich tchaikovsky telemann"
  ).split(" "),
);

/** Forms as titles have them, in the singular, and names of single pieces. */
const FORMS = new Set(
  (
    "allemande appassionata arabesque bagatelle ballade barcarolle berceuse bouree bourree clair concerto consolation " +
    "courante ecossaise elise entertainer etude fantaisie fantasia fantasy fugue gavotte gigue gymnopedie humoresque " +
    "impromptu intermezzo invention landler liebestraum mazurka minuet moonlight musette nocturne partita pathetique " +
    "polonaise prelude raindrop rhapsody romance rondo sarabande scherzo sinfonia sonata sonatina suite tarantella toccata " +
    "traumerei variation waltz"
  ).split(" "),
);

const NUMBER = /^(?:op|bwv|kv|k|d|woo|hwv|hob|anh)\d+$/u;

/** @param words of a text, as `wordsOf` of name-piece.ts gives them. */
export function pieceWords(words: readonly string[]): PieceWords {
  return {
    composers: words.filter((word) => COMPOSERS.has(word)),
    forms: words.map(singular).filter((word) => FORMS.has(word)),
    numbers: words.filter((word) => NUMBER.test(word)),
  };
}

/** "fantasies" and "waltzes" as "fantasy" and "waltz". */
function singular(word: string): string {
  return (
    [word, word.replace(/ies$/u, "y"), word.replace(/es$/u, ""), word.replace(/s$/u, "")].find((form) =>
      FORMS.has(form),
    ) ?? word
  );
}

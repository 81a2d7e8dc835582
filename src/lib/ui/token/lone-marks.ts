/** Marks at the beginning, and behind white space and punctuation (`·` for a space is one). */
const LONE = /(^|[\s\p{P}\u21b5\u2192])(?=(?![\ufe00-\ufe0f\u20e3\u{e0100}-\u{e01ef}])\p{M})/gu;

/**
 * Puts combining marks that have no letter to stand on onto a dotted circle (◌), as Unicode's charts do;
 * else they would attach themselves to a sign, or to whatever is drawn before the text. Variation selectors
 * and keycaps belong to signs.
 */
export const onCircles = (text: string): string => text.replace(LONE, '$1◌');

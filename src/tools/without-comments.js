/**
 * Removes the lines of a script that are comments, and the white space before the others.
 *
 * @param {string} code without comments after code and without strings over several lines
 */
export const withoutComments = (code) => code.replace(/^\s*(\/\/.*\n)?/gm, '');

import { Figures } from '../support/program';

export const figures = new Figures();

/** Reports ids or merges that differ from the reference. */
export const noteDifference = (what, got, expected) => figures.note(what, got, expected, false);

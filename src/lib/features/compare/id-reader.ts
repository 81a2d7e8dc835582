/** Everything needed to read lists of ids, loaded when the visitor first enters one. */
export { describeFits } from './id-messages';
export { parseIds } from './id-list';
export { IdSearch } from './id-search.svelte';
export { default as IdNotes } from './IdNotes.svelte';

/** Everything needed to read lists of ids, loaded with the first list. */
export { describeFits } from './id-messages';
export { parseIds } from './id-list';
export { IdSearch } from './id-search.svelte';
export { default as IdNotes } from './IdNotes.svelte';

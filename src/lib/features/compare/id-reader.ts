/** Everything needed to read lists of ids. Loaded when the first list is read. */
export { describeFits } from './id-messages';
export { parseIds } from './id-list';
export { IdSearch } from './id-search.svelte';
export { default as IdNotes } from './IdNotes.svelte';

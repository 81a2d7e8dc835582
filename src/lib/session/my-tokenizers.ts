import { createContext } from 'svelte';

/** Opens the dialog with the tokenizers of the user's own. The root layout passes it down. */
export const [getMyTokenizers, setMyTokenizers] = createContext<() => void>();

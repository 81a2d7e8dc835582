import { Lab } from '../session/lab.svelte';

/** The lab of a visit. Starts no worker before it is needed. */
export const createLab = (): Lab =>
	new Lab(() => new Worker(new URL('./lab.worker.ts', import.meta.url), { type: 'module' }));

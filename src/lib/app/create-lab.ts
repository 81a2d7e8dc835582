import { Lab } from '../session/lab.svelte';

/** Creates the lab of a visit. Workers start with their first request. */
export const createLab = (): Lab =>
	new Lab(() => new Worker(new URL('./lab.worker.ts', import.meta.url), { type: 'module' }));

/** The Compare page's own state; its text and tokenizers are the lab's. */
import { createContext } from 'svelte';
import type { Lab } from '../../session/lab.svelte';
import type { PrerenderedComparison } from './prerender';
import { SecondOpinions } from './second-opinions.svelte';

export function createComparePage(lab: Lab, prerendered: PrerenderedComparison) {
	lab.live.showPrerendered(prerendered.merges);
	lab.compare.showPrerendered(prerendered);
	return { secondOpinions: new SecondOpinions(lab.tokenizing) };
}

export const [getComparePage, setComparePage] =
	createContext<ReturnType<typeof createComparePage>>();

import { computeLineages } from '$lib/features/drift/lineages/figures';
import { prerenderLineages } from '../../../tools/prerender';

export const load = async () => ({ prerendered: await prerenderLineages(computeLineages) });

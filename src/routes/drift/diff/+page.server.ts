import { prerenderDiff } from '$lib/features/drift/diff/prerender';
import { prerender } from '../../../tools/prerender';

export const load = async () => ({ prerendered: await prerender(prerenderDiff) });

import { prerenderInflation } from '$lib/features/inflation/prerender';
import { prerender } from '../../tools/prerender';

export const load = () => ({ prerendered: prerender(prerenderInflation) });

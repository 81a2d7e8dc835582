import { prerenderWord } from '$lib/features/strawberry/prerender';
import { prerender } from '../../tools/prerender';

export const load = () => ({ prerendered: prerender(prerenderWord) });

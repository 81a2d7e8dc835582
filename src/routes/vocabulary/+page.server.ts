import { prerenderVocabulary } from '$lib/features/vocabulary/prerender';
import { prerender } from '../../tools/prerender';

export const load = () => ({ prerendered: prerender(prerenderVocabulary) });

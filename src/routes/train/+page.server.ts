import { prerenderTraining } from '$lib/features/train/prerender';
import { prerender } from '../../tools/prerender';

export const load = () => ({ prerendered: prerender(prerenderTraining) });

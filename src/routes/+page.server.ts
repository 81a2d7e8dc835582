import { prerenderComparison } from '$lib/features/compare/prerender';
import { prerender } from '../tools/prerender';

export const load = () => ({ prerendered: prerender(prerenderComparison) });

import { prerenderComparison } from '$lib/features/compare/prerender';
import { prerender } from '../tools/prerender';

export const load = async () => ({ prerendered: await prerender(prerenderComparison) });

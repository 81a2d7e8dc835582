import type { HandleClientError } from '@sveltejs/kit';
import { reasonOf } from '$lib/session/format';

/** Tells the error page why a page failed to load. */
export const handleError: HandleClientError = ({ error }) => {
	console.error(error);
	return { message: reasonOf(error) };
};

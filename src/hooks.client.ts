import type { HandleClientError } from '@sveltejs/kit';
import { reasonOf } from '$lib/session/format';

/** Passes the reason why a page failed to load to the error page. */
export const handleError: HandleClientError = ({ error }) => {
	console.error(error);
	return { message: reasonOf(error) };
};

/** What a vocabulary says about a token, as views draw it. */
export {
	tokenTree,
	type DescribeToken,
	type TokenDetails,
	type TokenTree
} from '../../session/worker/token-details';

/** Facts about a token that its vocabulary knows. */
export {
	tokenTree,
	type DescribeToken,
	type TokenDetails,
	type TokenTree
} from '../../session/worker/token-details';

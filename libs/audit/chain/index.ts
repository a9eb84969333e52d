export { chainHash, exportLine, GENESIS, readExportLine, type ChainedEvent } from './chain-link.rule.js';
export { verdictSentences, type VerdictLanguage } from './verdict-words.js';
export { verifyChainBytes } from './verify-chain-bytes.js';
export {
  ChainVerifier,
  isWhole,
  verifyChain,
  type ChainVerdict,
  type Finding,
  type FindingKind,
} from './verify-chain.rule.js';

/** What seals second factors in the databases of tests. */
export const TEST_SECRET_KEY = 'a-key-for-tests-alone-that-is-long-enough-00';

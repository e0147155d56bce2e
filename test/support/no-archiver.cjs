/** In archiver's place in unit tests (jest.config.js): none of them makes an archive, and one that wants to is told. */
module.exports = () => {
  throw new Error("unit tests have no archiver: take it out of moduleNameMapper in jest.config.js");
};

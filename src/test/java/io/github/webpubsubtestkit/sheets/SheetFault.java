package io.github.webpubsubtestkit.sheets;

/**
 * A citation that leads nowhere, or a number that two rows of the sheets have.
 *
 * @param citation as it is written
 * @param reason what is wrong with it
 */
record SheetFault(String file, int line, String citation, String reason) {

  @Override
  public String toString() {
    return file + ":" + line + ": " + citation + ": " + reason;
  }
}

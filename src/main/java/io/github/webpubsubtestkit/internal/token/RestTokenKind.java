package io.github.webpubsubtestkit.internal.token;

/** The kind of token that authenticated a REST call. */
public enum RestTokenKind {
  /** Signed with one of the access keys. */
  ACCESS_KEY,
  /** Issued by Microsoft Entra; accepted unvalidated, and only by a switch (rest-api 2.3). */
  ENTRA
}

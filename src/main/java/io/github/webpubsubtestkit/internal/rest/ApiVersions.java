package io.github.webpubsubtestkit.internal.rest;

import io.github.webpubsubtestkit.internal.token.UrlQuery;
import java.util.List;

/** The {@code api-version} of a call (rest-api 3). Every version has every operation. */
final class ApiVersions {

  /** The value of {@code api-supported-versions}. */
  static final String SUPPORTED = "2021-10-01, 2022-11-01, 2023-07-01, 2024-01-01, 2024-12-01";

  private static final List<String> ACCEPTED = List.of(SUPPORTED.split(", ", -1));

  private ApiVersions() {}

  static void check(UrlQuery query, boolean anyVersion) throws RestException {
    List<String> given = query.all("api-version");
    if (given.size() > 1) {
      throw RestException.badRequest("The query parameter api-version must be given once.");
    }
    if (given.isEmpty()
        || given.get(0).isEmpty()
        || anyVersion
        || ACCEPTED.contains(given.get(0))) {
      return;
    }
    throw RestException.badRequest(
        "Unknown api-version '"
            + given.get(0)
            + "'. Accepted are "
            + SUPPORTED
            + "; with the switch anyApiVersion, any other.");
  }
}

package io.github.webpubsubtestkit.internal.hub;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A REST call and its answer, for later inspection. Nothing is copied in advance. */
public interface RestDetails extends RequestDetails {

  @Override
  Map<String, List<String>> parameters();

  /** The header lines of the request in their order. */
  List<Map.Entry<String, String>> headers();

  /** The body of the request, which must not be modified; empty without one. */
  byte[] body();

  /** The status of the answer; 0 as long as there is none. */
  int status();

  /** The body of the answer as text; empty without one. */
  String answer();

  /** The permission in the call. */
  @Nullable String permission();

  /** The groups of a bulk operation; empty for all other calls. */
  List<String> groups();

  /** The filter, from the query or the body; null without one. */
  @Nullable String filter();

  @Override
  default RestDetails http() {
    return this;
  }
}

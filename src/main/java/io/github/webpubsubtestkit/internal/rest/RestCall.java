package io.github.webpubsubtestkit.internal.rest;

import io.github.webpubsubtestkit.internal.hub.GroupAction;
import io.github.webpubsubtestkit.internal.hub.Selectable;
import io.github.webpubsubtestkit.internal.hub.Selection;
import io.github.webpubsubtestkit.internal.options.Options;
import io.github.webpubsubtestkit.internal.token.UrlQuery;
import io.github.webpubsubtestkit.internal.transport.HttpRequest;
import io.github.webpubsubtestkit.internal.wire.Payload;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** One call with all that has been found out about it so far. */
final class RestCall {

  private final HttpRequest request;
  private final ApiHeaders head;
  private final Options options;
  private @Nullable UrlQuery query;
  private @Nullable Route route;
  private List<String> segments = List.of();
  private Predicate<? super Selectable> filter = Selection.EVERYONE.filter();
  private @Nullable String bodyFilter;
  private @Nullable Payload payload;
  private boolean passedChecks;
  private List<String> groups = List.of();

  RestCall(HttpRequest request, Options options) {
    this.request = request;
    this.options = options;
    this.head = ApiHeaders.of(request.headers());
  }

  void matched(Route matched, List<String> pathSegments) {
    route = matched;
    segments = pathSegments;
  }

  void passedChecks() {
    passedChecks = true;
  }

  /** Returns whether the call has passed all checks. */
  boolean hasPassedChecks() {
    return passedChecks;
  }

  void payload(Payload read) {
    payload = read;
  }

  void groups(List<String> read) {
    groups = read;
  }

  /** The filter of a body as it was written; that of the query is there anyway. */
  void bodyFilter(@Nullable String written) {
    bodyFilter = written;
  }

  void filter(Predicate<? super Selectable> read) {
    filter = read;
  }

  HttpRequest request() {
    return request;
  }

  ApiHeaders head() {
    return head;
  }

  Options options() {
    return options;
  }

  UrlQuery query() {
    UrlQuery known = query;
    if (known == null) {
      known = UrlQuery.parse(request.rawQuery());
      query = known;
    }
    return known;
  }

  /** The route; null as long as none is known. */
  @Nullable Route route() {
    return route;
  }

  /** The value of a variable of the route's path; null if the route has no such variable. */
  @Nullable String variable(PathVariable variable) {
    Route known = route;
    int at = known == null ? -1 : known.indexOf(variable);
    return at < 0 ? null : segments.get(at);
  }

  private String name(PathVariable variable) {
    return Objects.requireNonNull(variable(variable), () -> "the route has no " + variable);
  }

  /** The name of the hub, as it is kept; only for operations on one. */
  String hubName() {
    return name(PathVariable.HUB).toLowerCase(Locale.ROOT);
  }

  String group() {
    return name(PathVariable.GROUP);
  }

  String userId() {
    return name(PathVariable.USER);
  }

  String connectionId() {
    return name(PathVariable.CONNECTION);
  }

  /** The permission granted or revoked; only once it has been checked. */
  GroupAction permission() {
    return Objects.requireNonNull(
        GroupAction.named(name(PathVariable.PERMISSION)), "the permission was not checked");
  }

  /** The group for which it is; only once it has been checked. */
  String targetName() {
    return Objects.requireNonNull(query().first("targetName"), "the target was not checked");
  }

  /** The message, once read; null before and for operations without one. */
  @Nullable Payload payloadOrNull() {
    return payload;
  }

  Payload payload() {
    return Objects.requireNonNull(payload, "the route has no message");
  }

  /** The groups of a bulk operation; empty for others. */
  List<String> groups() {
    return groups;
  }

  /** The filter as it was written; null without one. */
  @Nullable String writtenFilter() {
    return bodyFilter == null ? query().first("filter") : bodyFilter;
  }

  /** The connections that are meant; everybody, as long as nothing else is known. */
  Predicate<? super Selectable> filter() {
    return filter;
  }

  /**
   * The same without those that are excluded; their ids are taken as they are: no comma splits
   * them, no blank is trimmed.
   */
  Selection selection() {
    Route known = route;
    return known != null && known.is(Route.Trait.EXCLUDED)
        ? new Selection(Set.copyOf(query().all("excluded")), filter)
        : new Selection(Set.of(), filter);
  }

  /** The time to live of a message; 0 for no limit. Only once it has been checked. */
  int ttlSeconds() {
    String seconds = query().first("messageTtlSeconds");
    return seconds == null ? 0 : Integer.parseInt(seconds);
  }

  /** Null if absent or empty. */
  @Nullable String reason() {
    return query().first("reason");
  }
}

package io.github.webpubsubtestkit.service;

import static io.github.webpubsubtestkit.internal.bridge.Arguments.noneNull;
import static io.github.webpubsubtestkit.internal.bridge.Arguments.notNull;

import io.github.webpubsubtestkit.internal.hub.Selectable;
import io.github.webpubsubtestkit.internal.hub.Selection;
import io.github.webpubsubtestkit.internal.rest.filter.ConnectionFilter;
import io.github.webpubsubtestkit.internal.rest.filter.FilterSyntaxException;
import io.github.webpubsubtestkit.internal.secrets.Secrets;
import io.github.webpubsubtestkit.internal.wire.Metadata;
import java.time.Duration;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Options of a message sent by a server. Start with {@link #options()}, designed for static import.
 *
 * <pre>{@code
 * service.sendToGroup("room", text("hi"), options().excluding(alice.connectionId()));
 * service.sendToAll(text("sale"), options().filter("userId ne null and not ('muted' in groups)"));
 * }</pre>
 *
 * <p>Immutable: every method returns a copy.
 *
 * @since 0.1
 */
public final class SendOptions {

  private static final SendOptions NONE =
      new SendOptions(Set.of(), "", Selection.EVERYONE.filter(), 0, Map.of());

  private final Set<String> excluded;
  private final String filter;
  private final Predicate<? super Selectable> condition;
  private final int ttlSeconds;
  private final Map<String, String> metadata;

  private SendOptions(
      Set<String> excluded,
      String filter,
      Predicate<? super Selectable> condition,
      int ttlSeconds,
      Map<String, String> metadata) {
    this.excluded = excluded;
    this.filter = filter;
    this.condition = condition;
    this.ttlSeconds = ttlSeconds;
    this.metadata = metadata;
  }

  /**
   * No exclusions, no filter, no time to live and no metadata.
   *
   * @return the default options
   * @since 0.1
   */
  public static SendOptions options() {
    return NONE;
  }

  /**
   * Excludes connections, in addition to those already excluded; unknown ids are ignored.
   *
   * @param connectionIds the ids
   * @return a copy
   * @since 0.1
   */
  public SendOptions excluding(String... connectionIds) {
    noneNull(connectionIds, "excluding", "connectionIds");
    Set<String> all = new HashSet<>(excluded);
    Collections.addAll(all, connectionIds);
    return new SendOptions(Set.copyOf(all), filter, condition, ttlSeconds, metadata);
  }

  /**
   * Sends only to connections that match a filter. Default: to all.
   *
   * @param filter a filter in the language of Azure, for example {@code userId eq 'alice'}; empty
   *     for none
   * @return a copy
   * @throws IllegalArgumentException if the filter is invalid; the message is Azure's
   * @since 0.1
   */
  public SendOptions filter(String filter) {
    notNull(filter, "filter", "filter");
    return new SendOptions(excluded, filter, condition(filter), ttlSeconds, metadata);
  }

  /**
   * Sets the time for which the service keeps the message for a disconnected client. Default: zero,
   * without limit.
   *
   * <p>Messages are dropped only if {@link ClientOptions#expireByTtl} is on.
   *
   * @param timeToLive whole seconds from 0 to 300
   * @return a copy
   * @throws IllegalArgumentException if it has fractions of a second or is out of that range
   * @since 0.1
   */
  public SendOptions timeToLive(Duration timeToLive) {
    notNull(timeToLive, "timeToLive", "timeToLive");
    return new SendOptions(excluded, filter, condition, Checked.timeToLive(timeToLive), metadata);
  }

  /**
   * Adds a metadata entry; simple clients do not see it.
   *
   * @param key the key, sent in lower case, as over REST
   * @param value the value, in ASCII
   * @return a copy
   * @throws IllegalArgumentException if Azure does not allow the key, the value or their total size
   * @since 0.1
   */
  public SendOptions metadata(String key, String value) {
    notNull(key, "metadata", "key");
    notNull(value, "metadata", "value");
    Map<String, String> more = new LinkedHashMap<>(metadata);
    more.put(key.toLowerCase(Locale.ROOT), value);
    Metadata.fault(more)
        .ifPresent(
            fault -> {
              throw new IllegalArgumentException(fault);
            });
    return new SendOptions(
        excluded, filter, condition, ttlSeconds, Collections.unmodifiableMap(more));
  }

  static Predicate<? super Selectable> condition(String filter) {
    if (filter.isEmpty()) {
      return Selection.EVERYONE.filter();
    }
    try {
      return ConnectionFilter.parse(filter);
    } catch (FilterSyntaxException e) {
      throw new IllegalArgumentException(Secrets.mask(e.message()), Secrets.mask(e));
    }
  }

  Selection selection() {
    return new Selection(excluded, condition);
  }

  /** What selects connections, by the names that a REST request gives it. */
  Map<String, List<String>> parameters() {
    Map<String, List<String>> parameters = new LinkedHashMap<>();
    if (!excluded.isEmpty()) {
      parameters.put("excluded", excluded.stream().sorted().toList());
    }
    if (!filter.isEmpty()) {
      parameters.put("filter", List.of(filter));
    }
    return parameters;
  }

  int ttlSeconds() {
    return ttlSeconds;
  }

  @Nullable Map<String, String> metadata() {
    return metadata.isEmpty() ? null : metadata;
  }

  boolean choosesConnections() {
    return !excluded.isEmpty() || !filter.isEmpty();
  }

  /**
   * Returns the options that are set, for example {@code excluding [c1] filter true}; empty for
   * none.
   */
  @Override
  public String toString() {
    StringBuilder out = new StringBuilder();
    append(out, "excluding", excluded.isEmpty() ? "" : excluded.toString());
    append(out, "filter", filter);
    append(out, "ttl", ttlSeconds == 0 ? "" : ttlSeconds + " s");
    append(out, "metadata", metadata.isEmpty() ? "" : metadata.toString());
    return Secrets.mask(out.toString());
  }

  private static void append(StringBuilder out, String name, String value) {
    if (!value.isEmpty()) {
      out.append(out.isEmpty() ? "" : " ").append(name).append(' ').append(value);
    }
  }
}

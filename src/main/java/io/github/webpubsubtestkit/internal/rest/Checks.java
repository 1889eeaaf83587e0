package io.github.webpubsubtestkit.internal.rest;

import io.github.webpubsubtestkit.internal.hub.GroupAction;
import io.github.webpubsubtestkit.internal.hub.Selectable;
import io.github.webpubsubtestkit.internal.hub.Selection;
import io.github.webpubsubtestkit.internal.rest.filter.ConnectionFilter;
import io.github.webpubsubtestkit.internal.rest.filter.FilterSyntaxException;
import io.github.webpubsubtestkit.internal.wire.Names;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Steps 5 and 6 of rest-api 5: names in the path, and the values in the query. */
final class Checks {

  private static final int MAX_TTL = 300;
  private static final int MAX_PAGE = 200;

  /** A number that may be an int; a longer one cannot be. */
  private static final Pattern NUMBER = Pattern.compile("[+-]?[0-9]{1,18}");

  private Checks() {}

  /** rest-api 6.3. */
  static void names(RestCall call) throws RestException {
    String hub = call.variable(PathVariable.HUB);
    if (hub != null && !Names.isHub(hub)) {
      throw RestException.badRequest("Invalid hub name.");
    }
    String group = call.variable(PathVariable.GROUP);
    if (group != null) {
      groupName(group);
    }
    String user = call.variable(PathVariable.USER);
    if (user != null && Names.isBlank(user)) {
      throw RestException.badRequest("Invalid user ID.");
    }
    String connection = call.variable(PathVariable.CONNECTION);
    if (connection != null && Names.isBlank(connection)) {
      throw RestException.badRequest("Invalid connection ID.");
    }
  }

  private static void groupName(String group) throws RestException {
    if (!Names.isGroup(group)) {
      throw RestException.invalidGroup();
    }
  }

  /** {@code messageTtlSeconds}: 0 to 300. */
  static void timeToLive(RestCall call) throws RestException {
    String seconds = call.query().first("messageTtlSeconds");
    if (seconds != null && !isBetween(seconds, 0, MAX_TTL)) {
      throw outOfRange(
          "messageTtlSeconds", seconds, RestException.badRequest("Invalid messageTtlSeconds."));
    }
  }

  /**
   * Step 6 of rest-api 5: the connections that are meant; everybody if the parameter is absent or
   * empty.
   */
  static Predicate<? super Selectable> filter(RestCall call) throws RestException {
    return filter(call.query().first("filter"), "filter");
  }

  /**
   * The connections that a filter selects.
   *
   * @param filter null for everybody
   * @param target where it stood, for the error
   */
  static Predicate<? super Selectable> filter(@Nullable String filter, String target)
      throws RestException {
    if (filter == null) {
      return Selection.EVERYONE.filter();
    }
    try {
      return ConnectionFilter.parse(filter);
    } catch (FilterSyntaxException e) {
      throw RestException.invalidFilter(e.message(), target);
    }
  }

  /** rest-api 8.7: {@code maxpagesize}, {@code top}, {@code continuationToken}. */
  static void paging(RestCall call) throws RestException {
    number(call, "maxpagesize", MAX_PAGE);
    number(call, "top", Integer.MAX_VALUE);
    List<String> tokens = call.query().all("continuationToken");
    if (!tokens.isEmpty() && (tokens.size() > 1 || tokens.get(0).isEmpty())) {
      throw invalidContinuation();
    }
  }

  private static void number(RestCall call, String name, int max) throws RestException {
    List<String> values = call.query().all(name);
    if (!values.isEmpty() && (values.size() > 1 || !isBetween(values.get(0), 1, max))) {
      throw outOfRange(
          name, values.get(0), RestException.badRequest("Invalid " + name + ".", name));
    }
  }

  static RestException invalidContinuation() {
    return RestException.badRequest("Invalid continuationToken.", "continuationToken");
  }

  /** Rejects a value that is not a number by a problem document, and a wrong number without. */
  private static RestException outOfRange(String name, String value, RestException outOfRange) {
    return value.isEmpty() || (NUMBER.matcher(value).matches() && isInt(value))
        ? outOfRange
        : RestException.unboundValue(name, value, outOfRange);
  }

  private static boolean isInt(String number) {
    long value = Long.parseLong(number);
    return value == (int) value;
  }

  /** rest-api 8.8: the permission in the path and {@code targetName}. */
  static void permission(RestCall call) throws RestException {
    String permission = call.variable(PathVariable.PERMISSION);
    if (permission == null || GroupAction.named(permission) == null) {
      throw RestException.badRequest("Invalid permission.");
    }
    String target = call.query().first("targetName");
    if (target == null || !Names.isGroup(target)) {
      throw RestException.invalidGroup();
    }
  }

  /** The maximum number of members of a page. */
  static int maxPageSize(RestCall call) {
    String size = call.query().first("maxpagesize");
    return size == null ? MAX_PAGE : Integer.parseInt(size);
  }

  /** The maximum number of members of all pages together; null for no limit. */
  static @Nullable Integer top(RestCall call) {
    String top = call.query().first("top");
    return top == null ? null : Integer.valueOf(top);
  }

  /** rest-api 8.9: {@code minutesToExpire}, {@code clientType}, {@code group}. */
  static void clientToken(RestCall call) throws RestException {
    if (minutesToExpire(call) == null) {
      throw outOfRange(
          "minutesToExpire",
          String.valueOf(call.query().first("minutesToExpire")),
          RestException.badRequest("Invalid minutesToExpire.", "minutesToExpire"));
    }
    String clientType = call.query().first("clientType");
    if (clientType != null
        && !clientType.equalsIgnoreCase("default")
        && !clientType.equalsIgnoreCase("mqtt")) {
      throw RestException.unboundValue(
          "clientType", clientType, RestException.badRequest("Invalid clientType.", "clientType"));
    }
    for (String group : call.query().all("group")) {
      groupName(group);
    }
  }

  /** The lifetime asked for, 60 by default; null if it is no number from 1 to 2147483647. */
  static @Nullable Integer minutesToExpire(RestCall call) {
    String minutes = call.query().first("minutesToExpire");
    if (minutes == null) {
      return 60;
    }
    return isBetween(minutes, 1, Integer.MAX_VALUE) ? Integer.valueOf(minutes) : null;
  }

  private static boolean isBetween(String text, int min, int max) {
    if (text.isEmpty() || text.length() > 10 || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
      return false;
    }
    long value = Long.parseLong(text);
    return value >= min && value <= max;
  }
}

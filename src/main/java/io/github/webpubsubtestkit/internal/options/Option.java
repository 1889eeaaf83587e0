package io.github.webpubsubtestkit.internal.options;

import static io.github.webpubsubtestkit.internal.options.EmulatorValue.byDefault;
import static java.util.Objects.requireNonNullElse;

import java.util.Locale;

/**
 * What can be turned on or off. A new one is a constant here, a method of its group in the public
 * builder, a line of {@code src/docs/options.md}, and the place that asks {@link Options#isOn}.
 *
 * <p>A constant says its group, its default, what the emulator does, its section and what it does.
 */
public enum Option implements ListedOption {
  // "Emulator does not support anonymous."
  ANONYMOUS_ALLOWED(
      Group.TOKENS,
      false,
      byDefault(),
      "client-protocols A.3",
      "Clients may connect without a token"),

  // client-protocols D08: it compares with the authority of the request
  CHECK_AUDIENCE_HOST(
      Group.TOKENS,
      true,
      byDefault(),
      "client-protocols B.3",
      "The host in a token's audience counts, and not only the path"),

  // the switch is the emulator's rule
  STRICT_AUDIENCE(
      Group.TOKENS,
      false,
      EmulatorValue.of(true),
      "rest-api 2.2",
      "The audience of REST tokens is checked by the emulator's rule alone"),

  // it refuses them, too, unless it is told otherwise
  ACCEPT_UNVALIDATED_ENTRA_TOKENS(
      Group.TOKENS,
      false,
      byDefault(),
      "rest-api 2.3",
      "REST takes Microsoft Entra tokens; only audience and lifetime are checked"),

  NULL_FROM_USER_ID(
      Group.CLIENTS,
      false,
      EmulatorValue.of(true),
      "client-protocols D05",
      "Messages of senders without a user id have \"fromUserId\":null"),

  OMIT_NULL_USER_ID(
      Group.CLIENTS,
      false,
      byDefault(),
      "client-protocols D06",
      "connected has no userId, instead of null, if there is none"),

  CONNECTED_AFTER_RECOVERY(
      Group.CLIENTS,
      false,
      byDefault(),
      "client-protocols D13",
      "A recovery brings connected, with a fresh reconnection token"),

  KEEP_ON_CLOSE_WITHOUT_STATUS(
      Group.CLIENTS,
      false,
      byDefault(),
      "client-protocols D17",
      "A close frame without a status leaves a reliable connection recoverable"),

  // "the emulator validates but never expires"
  EXPIRE_BY_TTL(
      Group.CLIENTS,
      false,
      byDefault(),
      "rest-api 8.1",
      "Messages kept for a recovery are dropped after their time to live"),

  CLOSE_ON_OVERFLOW(
      Group.CLIENTS,
      false,
      byDefault(),
      "client-protocols D10",
      "A client for which too much waits is closed with 1008, not cut off"),

  DROP_ON_USER_EVENT_FAILURE(
      Group.CLIENTS,
      false,
      byDefault(),
      "client-protocols D02",
      "A failed event closes a client on a subprotocol with 1011"),

  ANY_API_VERSION(Group.REST, false, byDefault(), "rest-api 3", "Every api-version is accepted"),

  DECODE_SLASH(Group.REST, false, byDefault(), "rest-api 6.1", "%2F in a path means a slash"),

  REQUIRE_CONTENT_LENGTH(
      Group.REST,
      false,
      EmulatorValue.of(true),
      "rest-api 8.1",
      "Bodies without Content-Length are refused with 400"),

  ACCEPT_OFFLINE_USERS(
      Group.REST,
      false,
      byDefault(),
      "rest-api S03",
      "Adding a user without a connection to a group is answered 200, not 404"),

  ACCESS_KEY_GENERATE_TOKEN(
      Group.REST,
      false,
      byDefault(),
      "rest-api 8.9",
      ":generateToken takes tokens that are signed with an access key"),

  VALIDATE_HANDLERS(
      Group.EVENTS,
      true,
      byDefault(),
      "event-handlers 3.3",
      "A handler's URL is asked for its consent (OPTIONS) before its first event"),

  ORIGIN_WITH_PORT(
      Group.EVENTS,
      false,
      byDefault(),
      "event-handlers K11",
      "WebHook-Request-Origin has the port, for early express middleware"),

  SPLIT_ALLOWED_ORIGIN(
      Group.EVENTS,
      false,
      byDefault(),
      "event-handlers K15",
      "A line WebHook-Allowed-Origin may be a list with commas"),

  FORWARD_CONNECT_ERROR_BODY(
      Group.EVENTS,
      false,
      byDefault(),
      "event-handlers K03",
      "A client that a handler refuses gets the body of a 4xx answer");

  @SuppressWarnings("ImmutableEnumChecker") // a record of a constant and two texts
  private final OptionInfo info;

  private final boolean onByDefault;
  private final boolean onInEmulator;
  private final String emulatorText;

  Option(
      Group group,
      boolean onByDefault,
      EmulatorValue<Boolean> emulator,
      String section,
      String description) {
    this.info = new OptionInfo(group, section, description);
    this.onByDefault = onByDefault;
    this.onInEmulator = requireNonNullElse(emulator.different(), onByDefault);
    this.emulatorText = emulator.text(String.valueOf(onInEmulator));
  }

  /** Returns whether it is on unless somebody turns it off. */
  public boolean isOnByDefault() {
    return onByDefault;
  }

  /** Returns whether it is on in a fake that behaves like the emulator. */
  public boolean isOnInEmulator() {
    return onInEmulator;
  }

  @Override
  public String optionName() {
    StringBuilder name = new StringBuilder();
    for (String word : name().toLowerCase(Locale.ROOT).split("_", -1)) {
      name.append(
          name.length() == 0 ? word : Character.toUpperCase(word.charAt(0)) + word.substring(1));
    }
    return name.toString();
  }

  @Override
  public OptionInfo info() {
    return info;
  }

  @Override
  public String valueLabel() {
    return "true|false";
  }

  @Override
  public String defaultText() {
    return String.valueOf(onByDefault);
  }

  @Override
  public String emulatorText() {
    return emulatorText;
  }

  @Override
  public boolean differsInEmulator() {
    return onInEmulator != onByDefault;
  }

  @Override
  public void set(Options.Builder options, String text) {
    options.turn(
        this,
        switch (text) {
          case "true" -> true;
          case "false" -> false;
          default ->
              throw new IllegalArgumentException(
                  optionName() + " must be true or false but is '" + text + "'");
        });
  }
}

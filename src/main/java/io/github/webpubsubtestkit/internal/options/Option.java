package io.github.webpubsubtestkit.internal.options;

import static io.github.webpubsubtestkit.internal.options.EmulatorValue.byDefault;
import static java.util.Objects.requireNonNullElse;

import java.util.Locale;

/**
 * An option that is on or off. A new one is a constant here, a method of its group in the public
 * builder, a line of {@code src/docs/options.md}, and the place that reads {@link Options#isOn}.
 *
 * <p>A constant states its group, default, emulator value, section and effect.
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
      "The host in a token's audience is checked, not only the path"),

  // the switch is the emulator's rule
  STRICT_AUDIENCE(
      Group.TOKENS,
      false,
      EmulatorValue.of(true),
      "rest-api 2.2",
      "The audience of REST tokens is checked by the emulator's rule alone"),

  // it rejects them, too, unless configured otherwise
  ACCEPT_UNVALIDATED_ENTRA_TOKENS(
      Group.TOKENS,
      false,
      byDefault(),
      "rest-api 2.3",
      "REST accepts Microsoft Entra tokens; only audience and lifetime are checked"),

  NULL_FROM_USER_ID(
      Group.CLIENTS,
      false,
      EmulatorValue.of(true),
      "client-protocols D05",
      "Messages from senders without a user id contain \"fromUserId\":null"),

  OMIT_NULL_USER_ID(
      Group.CLIENTS,
      false,
      byDefault(),
      "client-protocols D06",
      "The connected message omits userId instead of giving null"),

  CONNECTED_AFTER_RECOVERY(
      Group.CLIENTS,
      false,
      byDefault(),
      "client-protocols D13",
      "A recovery sends a connected message with a new reconnection token"),

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
      "Messages kept for recovery are dropped when their time to live has expired"),

  CLOSE_ON_OVERFLOW(
      Group.CLIENTS,
      false,
      byDefault(),
      "client-protocols D10",
      "A client with too much pending data is closed with 1008, not cut off"),

  DROP_ON_USER_EVENT_FAILURE(
      Group.CLIENTS,
      false,
      byDefault(),
      "client-protocols D02",
      "A failed event closes a subprotocol client with 1011"),

  ANY_API_VERSION(Group.REST, false, byDefault(), "rest-api 3", "Every api-version is accepted"),

  DECODE_SLASH(
      Group.REST, false, byDefault(), "rest-api 6.1", "%2F in a path is decoded to a slash"),

  REQUIRE_CONTENT_LENGTH(
      Group.REST,
      false,
      EmulatorValue.of(true),
      "rest-api 8.1",
      "Bodies without Content-Length are rejected with 400"),

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
      ":generateToken accepts tokens signed with an access key"),

  EMULATOR_ERRORS(
      Group.REST,
      false,
      EmulatorValue.of(true),
      "rest-api 4.1",
      "Errors have the emulator's form and texts: code, message and target"),

  EMULATOR_PAGES(
      Group.REST,
      false,
      EmulatorValue.of(true),
      "rest-api 8.7",
      "Lists of members have the emulator's pages: sealed tokens, \"nextLink\":null at the end"),

  VALIDATE_HANDLERS(
      Group.EVENTS,
      true,
      byDefault(),
      "event-handlers 3.3",
      "A handler's URL is validated (OPTIONS) before its first event"),

  ORIGIN_WITH_PORT(
      Group.EVENTS,
      false,
      byDefault(),
      "event-handlers K11",
      "WebHook-Request-Origin contains the port, for early express middleware"),

  SPLIT_ALLOWED_ORIGIN(
      Group.EVENTS,
      false,
      byDefault(),
      "event-handlers K15",
      "A WebHook-Allowed-Origin header may be a comma-separated list"),

  FORWARD_CONNECT_ERROR_BODY(
      Group.EVENTS,
      false,
      byDefault(),
      "event-handlers K03",
      "A client rejected by a handler receives the body of the 4xx response");

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

  /** Returns whether it is on by default. */
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

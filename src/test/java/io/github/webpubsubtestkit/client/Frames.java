package io.github.webpubsubtestkit.client;

import io.github.webpubsubtestkit.internal.expect.Unstretched;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.assertj.core.api.Assertions;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** Frames of the service as text, and the texts of failures without what differs in each run. */
final class Frames {

  private static final Pattern ACK_ID = Pattern.compile("\"ackId\":(\\d+)");

  private Frames() {}

  static String groupText(String group, String text) {
    return "{\"type\":\"message\",\"from\":\"group\",\"group\":\""
        + group
        + "\",\"dataType\":\"text\",\"data\":\""
        + text
        + "\"}";
  }

  static String groupTextFrom(String user, String group, String text) {
    return "{\"type\":\"message\",\"from\":\"group\",\"group\":\""
        + group
        + "\",\"fromUserId\":\""
        + user
        + "\",\"dataType\":\"text\",\"data\":\""
        + text
        + "\"}";
  }

  static String groupTextWithMetadata(String group, String text, String metadata) {
    return "{\"type\":\"message\",\"from\":\"group\",\"group\":\""
        + group
        + "\",\"dataType\":\"text\",\"data\":\""
        + text
        + "\",\"metadata\":"
        + metadata
        + "}";
  }

  static String serverText(String text) {
    return "{\"type\":\"message\",\"from\":\"server\",\"dataType\":\"text\",\"data\":\""
        + text
        + "\"}";
  }

  static String serverJson(String json) {
    return "{\"type\":\"message\",\"from\":\"server\",\"dataType\":\"json\",\"data\":" + json + "}";
  }

  static String serverBinary(String base64) {
    return "{\"type\":\"message\",\"from\":\"server\",\"dataType\":\"binary\",\"data\":\""
        + base64
        + "\"}";
  }

  static String ack(String id) {
    return "{\"type\":\"ack\",\"ackId\":" + id + ",\"success\":true}";
  }

  static String failedAck(String id, String name, String message) {
    return "{\"type\":\"ack\",\"ackId\":"
        + id
        + ",\"success\":false,\"error\":{\"name\":\""
        + name
        + "\",\"message\":\""
        + message
        + "\"}}";
  }

  static String pong() {
    return "{\"type\":\"pong\"}";
  }

  static String disconnected(String message) {
    return "{\"type\":\"system\",\"event\":\"disconnected\",\"message\":\"" + message + "\"}";
  }

  /** The ack id in a client's frame. */
  static String ackId(String frame) {
    Matcher matcher = ACK_ID.matcher(frame);
    if (!matcher.find()) {
      throw new AssertionError("no ack id in " + frame);
    }
    return matcher.group(1);
  }

  /** The text of the AssertionError; times and ports are made the same for every run. */
  static String failureOf(ThrowingCallable assertion) {
    Throwable thrown = Assertions.catchThrowable(assertion);
    Assertions.assertThat(thrown).isInstanceOf(AssertionError.class);
    return normalized(thrown);
  }

  /** The text of any exception; times and ports are made the same for every run. */
  static String messageOf(ThrowingCallable action) {
    return normalized(Assertions.catchThrowable(action));
  }

  static String normalized(Throwable thrown) {
    return Unstretched.text(String.valueOf(thrown.getMessage()))
        .replaceAll("\\+\\d+\\.\\d{3} s", "+0.000 s")
        .replaceAll("connection [0-9a-f]{32}", "connection ID")
        .replaceAll("127\\.0\\.0\\.1:\\d+", "127.0.0.1:PORT");
  }
}

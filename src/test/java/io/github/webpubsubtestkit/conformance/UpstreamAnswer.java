package io.github.webpubsubtestkit.conformance;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * What an application answers: a status, header lines as they are given, a body.
 *
 * <p>Immutable. Nothing is added but the length of the body.
 *
 * @param kind whether there is an answer at all
 * @param status the status code
 * @param lines the header lines, each character one byte
 * @param body the body
 * @param chunked whether the body goes out in chunks of at most 64 KiB
 */
record UpstreamAnswer(Kind kind, int status, List<String> lines, byte[] body, boolean chunked) {

  /** Whether there is an answer at all. */
  enum Kind {
    /** The answer is written. */
    ANSWER,
    /** The connection is reset. */
    RESET,
    /** Nothing is written until the application ends. */
    SILENCE
  }

  /** A status and nothing else. */
  static UpstreamAnswer status(int status) {
    return new UpstreamAnswer(Kind.ANSWER, status, List.of(), new byte[0], false);
  }

  /** 204. */
  static UpstreamAnswer noContent() {
    return status(204);
  }

  /** 200 with a text. */
  static UpstreamAnswer text(String text) {
    return status(200).body("text/plain", text);
  }

  /** 200 with JSON; single quotes stand for double ones. */
  static UpstreamAnswer json(String singleQuoted) {
    return status(200).body("application/json", WireJsonClient.json(singleQuoted));
  }

  /** 200 with bytes. */
  static UpstreamAnswer binary(byte... body) {
    return status(200).header("Content-Type", "application/octet-stream").bytes(body);
  }

  /** 200 that allows these origins, each in a line of its own. */
  static UpstreamAnswer allowing(String... origins) {
    UpstreamAnswer answer = status(200);
    for (String origin : origins) {
      answer = answer.header("WebHook-Allowed-Origin", origin);
    }
    return answer;
  }

  /** No answer: the connection is reset. */
  static UpstreamAnswer reset() {
    return new UpstreamAnswer(Kind.RESET, 0, List.of(), new byte[0], false);
  }

  /** No answer while the application runs. */
  static UpstreamAnswer silence() {
    return new UpstreamAnswer(Kind.SILENCE, 0, List.of(), new byte[0], false);
  }

  /** The same with one more header line. */
  UpstreamAnswer header(String name, String value) {
    List<String> more = new ArrayList<>(lines);
    more.add(name + ": " + value);
    return new UpstreamAnswer(kind, status, List.copyOf(more), body, chunked);
  }

  /** The same with a state of the connection. */
  UpstreamAnswer state(String state) {
    return header("ce-connectionState", state);
  }

  /** The same with a body and its type. */
  UpstreamAnswer body(String contentType, String text) {
    return header("Content-Type", contentType).bytes(text.getBytes(UTF_8));
  }

  /** The same with a body, its type as it is. */
  UpstreamAnswer bytes(byte... newBody) {
    return new UpstreamAnswer(kind, status, lines, newBody, chunked);
  }

  /** The same with a body that does not say its length beforehand. */
  UpstreamAnswer inChunks() {
    return new UpstreamAnswer(kind, status, lines, body, true);
  }

  /** Writes all of it. */
  void writeTo(OutputStream out) throws IOException {
    StringBuilder head = new StringBuilder("HTTP/1.1 " + status + " as scripted\r\n");
    lines.forEach(line -> head.append(line).append("\r\n"));
    if (chunked) {
      head.append("Transfer-Encoding: chunked\r\n");
    } else if (status != 204) {
      head.append("Content-Length: ").append(body.length).append("\r\n");
    }
    ByteArrayOutputStream start = new ByteArrayOutputStream();
    start.writeBytes(head.append("\r\n").toString().getBytes(ISO_8859_1));
    if (!chunked) {
      start.writeBytes(body);
    }
    out.write(start.toByteArray());
    if (chunked) {
      for (int from = 0; from < body.length; from += 65_536) {
        int length = Math.min(65_536, body.length - from);
        out.write((Integer.toHexString(length) + "\r\n").getBytes(ISO_8859_1));
        out.write(body, from, length);
        out.write("\r\n".getBytes(ISO_8859_1));
      }
      out.write("0\r\n\r\n".getBytes(ISO_8859_1));
    }
    out.flush();
  }
}

package io.github.webpubsubtestkit.internal.transport;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Header fields in the order in which they stand on the wire; names are compared without regard to
 * case.
 */
public final class HttpHeaders {

  private static final HttpHeaders NONE = new HttpHeaders(List.of());

  private final List<Field> fields;

  private HttpHeaders(List<Field> fields) {
    this.fields = fields;
  }

  /** One header line. */
  public record Field(String name, String value) {}

  /** No header at all. */
  public static HttpHeaders none() {
    return NONE;
  }

  /** Names and values in turn: {@code of("Content-Type", "text/plain", "X-A", "1")}. */
  public static HttpHeaders of(String... namesAndValues) {
    List<Field> fields = new ArrayList<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      fields.add(new Field(namesAndValues[i], namesAndValues[i + 1]));
    }
    return new HttpHeaders(List.copyOf(fields));
  }

  /** The given lines, in order. */
  public static HttpHeaders of(List<Field> fields) {
    return new HttpHeaders(List.copyOf(fields));
  }

  /** These headers and one more line at their end. */
  public HttpHeaders with(String name, String value) {
    List<Field> more = new ArrayList<>(fields);
    more.add(new Field(name, value));
    return new HttpHeaders(List.copyOf(more));
  }

  /** The value of the first line of that name. */
  public Optional<String> first(String name) {
    return fields.stream()
        .filter(field -> field.name().equalsIgnoreCase(name))
        .map(Field::value)
        .findFirst();
  }

  /** The values of all lines of that name, in order. */
  public List<String> all(String name) {
    return fields.stream()
        .filter(field -> field.name().equalsIgnoreCase(name))
        .map(Field::value)
        .toList();
  }

  /** The members of all comma lists of that name, trimmed, in order, without empty ones. */
  public List<String> listed(String name) {
    List<String> members = new ArrayList<>();
    for (String value : all(name)) {
      for (String member : value.split(",", -1)) {
        if (!member.isBlank()) {
          members.add(member.trim());
        }
      }
    }
    return List.copyOf(members);
  }

  /** Whether a comma list of that name has the member, without regard to case. */
  public boolean lists(String name, String member) {
    return listed(name).stream()
        .anyMatch(each -> each.toLowerCase(Locale.ROOT).equals(member.toLowerCase(Locale.ROOT)));
  }

  /** All lines, in order. */
  public List<Field> fields() {
    return fields;
  }

  @Override
  public String toString() {
    return fields.toString();
  }
}

package io.github.webpubsubtestkit.service;

import static java.util.Objects.requireNonNull;

import io.github.webpubsubtestkit.internal.json.Mapper;
import org.jspecify.annotations.Nullable;

/** The user's own mapper. */
record RegisteredMapper(JsonWriter writer, JsonReader reader) implements Mapper {

  RegisteredMapper {
    requireNonNull(writer, "writer");
    requireNonNull(reader, "reader");
  }

  @Override
  public String name() {
    return "the mapper of jsonMapper(..)";
  }

  @Override
  public String write(Object value) throws Exception {
    return writer.write(value);
  }

  @Override
  public <T> @Nullable T read(String json, Class<T> type) throws Exception {
    return reader.read(json, type);
  }
}

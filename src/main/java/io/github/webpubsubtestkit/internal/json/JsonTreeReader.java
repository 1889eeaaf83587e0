package io.github.webpubsubtestkit.internal.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import io.github.webpubsubtestkit.internal.json.JsonTree.Constant;
import io.github.webpubsubtestkit.internal.json.JsonTree.Elements;
import io.github.webpubsubtestkit.internal.json.JsonTree.Members;
import io.github.webpubsubtestkit.internal.json.JsonTree.Numeral;
import io.github.webpubsubtestkit.internal.json.JsonTree.Text;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Makes values of what the streaming parser reads, which bounds how deep they may be nested. */
final class JsonTreeReader {

  private static final JsonFactory FACTORY = new JsonFactory();

  private JsonTreeReader() {}

  static JsonTree read(String text) throws InvalidJsonException {
    try (JsonParser json = FACTORY.createParser(text)) {
      if (json.nextToken() == null) {
        throw new InvalidJsonException("the text holds no value");
      }
      JsonTree tree = value(json);
      if (json.nextToken() != null) {
        throw new InvalidJsonException("something follows the JSON value");
      }
      return tree;
    } catch (JsonProcessingException e) {
      throw new InvalidJsonException(e.getOriginalMessage());
    } catch (IOException e) {
      throw new IllegalStateException("reading from memory", e);
    }
  }

  private static JsonTree value(JsonParser json) throws IOException {
    return switch (json.currentToken()) {
      case START_OBJECT -> members(json);
      case START_ARRAY -> elements(json);
      case VALUE_STRING -> new Text(json.getText());
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT ->
          new Numeral(json.getText(), json.getDecimalValue());
      case VALUE_TRUE -> Constant.TRUE;
      case VALUE_FALSE -> Constant.FALSE;
      case VALUE_NULL -> Constant.NULL;
      default -> throw new IllegalStateException("no JSON value: " + json.currentToken());
    };
  }

  private static Members members(JsonParser json) throws IOException {
    Map<String, JsonTree> members = new LinkedHashMap<>();
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String key = json.currentName();
      json.nextToken();
      members.put(key, value(json));
    }
    return new Members(Collections.unmodifiableMap(members));
  }

  private static Elements elements(JsonParser json) throws IOException {
    List<JsonTree> elements = new ArrayList<>();
    while (json.nextToken() != JsonToken.END_ARRAY) {
      elements.add(value(json));
    }
    return new Elements(Collections.unmodifiableList(elements));
  }
}

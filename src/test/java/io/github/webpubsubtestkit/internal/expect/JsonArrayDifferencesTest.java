package io.github.webpubsubtestkit.internal.expect;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.webpubsubtestkit.internal.json.ObjectMapping;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("The differences of two JSON arrays")
class JsonArrayDifferencesTest {

  private static final String ITEMS =
      "{'items':[{'id':1,'state':'open'},{'id':2,'state':'sold'}],'one':[{'id':1}],'tag':['x']}";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'items':[{'id':2},{'id':1}]}|$.items: expected an element {'id':1} behind $.items[1] but"
            + " it is before that, at $.items[0]: the order differs",
        "{'items':[{'state':'closed'}]}|$.items[0].state: expected 'closed' but was 'open'",
        "{'items':[{'id':2,'state':'open'}]}|$.items[1].state: expected 'open' but was 'sold'",
        "{'items':[{'id':1},{'id':1}]}|$.items: expected another element {'id':1} but there is"
            + " none",
        "{'items':[{'name':'x'}]}|$.items: expected an element {'name':'x'} but there is none",
        "{'items':[7]}|$.items: expected an element 7 but there is none",
        "{'one':[{'name':'x'}]}|$.one[0].name: expected 'x' but is missing",
        "{'one':[{'id':2}]}|$.one[0].id: expected 2 but was 1",
        "{'tag':['y']}|$.tag[0]: expected 'y' but was 'x'",
      })
  @DisplayName("of a part tell the order, or the nearest element")
  void ofPart(String part, String difference) {
    assertThat(JsonDifferences.ofPart(json(part), json(ITEMS)).describe())
        .containsExactly(difference.replace('\'', '"'));
  }

  @Test
  @DisplayName("name an element that is missing, or was not expected, and no others")
  void oneOfMany() {
    List<Integer> all = IntStream.range(0, 100).boxed().toList();
    List<Integer> without = new ArrayList<>(all);
    without.remove(3);

    assertThat(JsonDifferences.between(ids(all), ids(without)).describe())
        .containsExactly("$[3]: expected {\"id\":3} but is missing");
    assertThat(JsonDifferences.between(ids(without), ids(all)).describe())
        .containsExactly("$[3]: not expected but was {\"id\":3}");
    assertThat(JsonDifferences.between(ids(all), ids(all.subList(0, 98))).describe())
        .containsExactly(
            "$: expected 100 elements but has 98",
            "$[98]: expected {\"id\":98} but is missing",
            "$[99]: expected {\"id\":99} but is missing");
    assertThat(JsonDifferences.between(ids(all), ids(without)).closeness()).isGreaterThan(0.9);
  }

  private static JsonValue ids(List<Integer> ids) {
    return json(ids.stream().map(each -> "{\"id\":" + each + "}").toList().toString());
  }

  private static JsonValue json(String text) {
    return JsonValue.of(text.replace('\'', '"'), ObjectMapping.ofClassPath());
  }
}

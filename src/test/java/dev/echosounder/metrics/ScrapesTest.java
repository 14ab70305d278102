package dev.echosounder.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.echosounder.bus.Page;
import dev.echosounder.bus.Scrape;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScrapesTest {

  private static final Scrape TEXT = new Scrape(false, false);

  private final List<Promise<Page>> begun = new ArrayList<>();
  private final Scrapes scrapes =
      new Scrapes(
          form -> {
            Promise<Page> page = Promise.promise();
            begun.add(page);
            return page.future();
          });

  @Test
  void all_who_ask_during_a_rendering_share_the_next_one() {
    Future<Page> first = scrapes.page(TEXT);
    List<Future<Page>> others = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      others.add(scrapes.page(TEXT));
    }
    assertThat(begun).hasSize(1);

    begun.get(0).complete(page("one"));
    assertThat(begun).hasSize(2);
    assertThat(first.result().contentType()).isEqualTo("one");
    assertThat(others).noneMatch(Future::isComplete);

    begun.get(1).complete(page("two"));
    assertThat(others).allMatch(other -> other.result().contentType().equals("two"));
    assertThat(begun).hasSize(2);
  }

  @Test
  void each_who_asked_has_a_reference_of_its_own_and_no_other_is_left() {
    Future<Page> first = scrapes.page(TEXT);
    Future<Page> second = scrapes.page(TEXT);
    Future<Page> third = scrapes.page(TEXT);

    begun.get(0).complete(page("one"));
    begun.get(1).complete(page("two"));

    assertThat(first.result().refCnt()).isOne();
    assertThat(second.result()).isSameAs(third.result());
    assertThat(second.result().refCnt()).isEqualTo(2);
  }

  @Test
  void a_failed_rendering_fails_its_askers_only() {
    Future<Page> first = scrapes.page(TEXT);
    Future<Page> second = scrapes.page(TEXT);

    begun.get(0).fail("no memory");
    begun.get(1).complete(page("two"));

    assertThat(first.failed()).isTrue();
    assertThat(second.succeeded()).isTrue();
  }

  @Test
  void one_who_asks_later_begins_a_rendering_of_its_own() {
    scrapes.page(TEXT);
    begun.get(0).complete(page("one"));

    scrapes.page(TEXT);

    assertThat(begun).hasSize(2);
  }

  @Test
  void each_form_of_the_page_is_rendered_on_its_own() {
    scrapes.page(TEXT);
    scrapes.page(new Scrape(true, false));
    scrapes.page(new Scrape(true, true));

    assertThat(begun).hasSize(3);
  }

  private static Page page(String contentType) {
    return new Page(contentType, List.of());
  }
}

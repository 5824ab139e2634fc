"""The Jinja environment of the pages."""

from jinja2 import DictLoader, Environment, StrictUndefined
from markupsafe import Markup

from generator.render import charts
from generator.render.site import drawn, phrases, words
from generator.render.theme import Theme


def environment(theme: Theme) -> Environment:
    """An environment over the page templates: everything is escaped, an unknown name is an error."""
    made = Environment(
        loader=DictLoader(dict(theme.pages)),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters.update(
        day=words.day,
        plain_day=words.plain_day,
        count=words.count,
        number=words.number,
        percent=words.percent,
        anchor=words.anchor,
        link=words.link,
        links=words.links,
        digest=words.digest,
        size=words.size,
        slug=words.slug,
        minutes=words.minutes,
        word=words.word,
        days_left=words.days_left,
    )
    icons = {name: _icon(path) for name, path in theme.tokens.icons.items()}
    made.globals.update(
        icons=icons,
        words=words,
        phrases=phrases,
        plural=words.plural,
        span=words.span,
        figure=words.figure,
        short_figure=words.short_figure,
        interval=words.interval,
        target=words.target,
        charts=charts,
        draw=drawn,
        ROOT=words.ROOT,
    )
    return made


def _icon(path: str) -> Markup:
    return Markup('<svg class="i" viewBox="0 0 24 24" aria-hidden="true"><path d="%s"/></svg>') % path

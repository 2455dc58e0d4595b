"""How merge tags are written: the one set of patterns that every room uses.

Every repetition is bounded and stops at its own opener, so that the time is linear
in the text. No pattern has a group that captures.
"""

from __future__ import annotations

TAG = (
    r"(?=[{*%$\[<#@])(?:"  # all that opens a tag: most characters are passed over at once
    r"\{\{\{?(?:(?!\{\{)[^\n]){1,200}?\}\}\}?"  # {{name}}, {{{raw}}}, {{#if x}}
    r"|\{%(?:(?!\{%)[^\n]){1,200}?%\}"  # {% if x %}
    r"|\*\|[^|\n]{1,80}\|\*"  # *|FNAME|*
    r"|%%[^%\n]{1,80}%%"  # %%name%%
    r"|(?<![\w%])%[A-Za-z][\w.]{1,60}%(?![\w%])"  # %FIRSTNAME%
    r"|\$\{[^{}\n]{1,80}\}"  # ${name}
    r"|\[\[[^\[\]\n]{1,80}\]\]"  # [[name]]
    r"|<%(?:(?!<%)[^\n]){1,200}?%>"  # <%= name %>
    r"|<\?(?!xml)(?:(?!<\?)[^\n]){1,200}?\?>"  # <?php echo $name; ?>
    r"|\{![^{}\n]{1,80}\}"  # {!Contact.Name}
    r"|#\{[^{}\n]{1,80}\}"  # #{name}
    r"|\{\$[^{}\n]{1,80}\}"  # {$name}
    r"|@@\w[\w.]{0,60}@@)"  # @@name@@
)
"""Tags that nothing else looks like; safe on whole files, in any markup."""

PLACEHOLDER = (
    r"%\{[^{}\n]{1,80}\}"  # %{name}
    r"|\{[A-Za-z_][\w.]{0,40}\}"  # {name}
    r"|<<[^<>\n]{1,80}>>"  # <<Client.Name>>
    r"|\[%[^\[\]%\n]{1,80}%\]"  # [% name %]
    r"|\[[A-Za-z][\w.,=|'-]{0,60}\]"  # [name]  [FIRSTNAME,fallback=you]
    r"|\[[A-Za-z][\w' ]{0,40}(?i:name|date|number|code|email|phone|company)\]"  # [First Name]
    r"|(?<![\w$])\$[A-Za-z_]\w{0,40}(?:\.[A-Za-z_]\w{0,40}){0,3}"  # $user  $user.name
)
"""Tags in signs that copy uses for other things too; for text that a reader sees, after :data:`TAG`."""
